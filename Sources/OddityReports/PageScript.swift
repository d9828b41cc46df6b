/// The scripts of an evaluation's page: one pages through the rows, one stretches charts, one lets a reader move the threshold.
///
/// They need nothing but the page, and have no character that XML reserves.
enum PageScript {
    /// Fills the tables of rows from the data that the page holds, a page of rows at a time.
    static let rowsText = """
        const rowLists = (function () {
          "use strict";
          const data = JSON.parse(document.getElementById("rows").textContent);
          const firsts = {};
          const totals = {};
          let threshold = data.threshold;
          const count = (n) => n.toLocaleString("en-US");
          const reaches = (row) => threshold === null ? false : row[4] >= threshold;
          const belongs = {
            oddest: () => true, alarms: reaches, missed: (row) => !reaches(row)
          };

          function cell(tag, text, label, kind) {
            const element = document.createElement(tag);
            element.textContent = text;
            if (label) element.dataset.label = label;
            if (kind) element.className = kind;
            return element;
          }

          function verdict(isAnomaly, label) {
            const element = cell("td", "", label);
            element.appendChild(cell("span", isAnomaly ? "anomaly" : "normal", "", isAnomaly ? "anomaly" : ""));
            return element;
          }

          function share(percent) {
            const element = cell("td", "", "", "share");
            const bar = cell("span", "", "", "bar");
            bar.appendChild(document.createElement("i")).style.width = percent + "%";
            element.append(bar, percent + " %");
            return element;
          }

          function reasonCells(reason) {
            if (!reason) {
              const none = cell("td", "–");
              none.colSpan = 4;
              return [none];
            }
            return [cell("td", data.columns[reason[0]], "", "reason"), cell("td", reason[1], "value", "number"),
              cell("td", reason[2], "expected", "number"), share(reason[3])];
          }

          function body(row, list) {
            const [name, own, score, p, , truth, reasons] = row;
            const tbody = document.createElement("tbody");
            const cells = [cell("th", name)];
            cells[0].scope = "rowgroup";
            own.forEach((text, i) => cells.push(cell("td", text, data.own[i], "kept")));
            cells.push(cell("td", score, "score", "number"));
            if (list.hasP) cells.push(cell("td", p, "p-value", "number"));
            cells.push(verdict(reaches(row), "verdict"));
            if (list.hasTruth) cells.push(truth === null ? cell("td", "–", "truth") : verdict(truth === 1, "truth"));
            if (reasons.length > 1) cells.forEach((c) => { c.rowSpan = reasons.length; });
            let line = tbody.insertRow();
            line.append(...cells);
            if (list.hasReasons) {
              line.append(...reasonCells(reasons[0]));
              reasons.slice(1).forEach((reason) => {
                line = tbody.insertRow();
                line.append(...reasonCells(reason));
              });
            }
            return tbody;
          }

          function show(kind) {
            const list = data.lists[kind];
            const table = document.querySelector("table[data-list=" + kind + "]");
            const pager = document.querySelector("[data-pager=" + kind + "]");
            const rows = list.rows.filter(belongs[kind]);
            const pages = Math.max(1, Math.ceil(rows.length / data.size));
            const page = Math.min(Math.max(firsts[kind] || 1, 1), pages);
            firsts[kind] = page;
            const start = (page - 1) * data.size;
            const seen = rows.slice(start, start + data.size);
            table.querySelectorAll("tbody").forEach((old) => old.remove());
            table.append(...seen.map((row) => body(row, list)));
            const total = kind in totals ? totals[kind] : kind === "oddest" ? rows.length : list.total;
            const held = total > rows.length
              ? "; the page holds " + count(rows.length) + " of them, and oddity score writes all (--keep names columns)" : "";
            document.getElementById(kind + "-count").textContent = seen.length === 0 ? "none" + held
              : count(start + 1) + " to " + count(start + seen.length) + " of " + count(total) + held;
            pager.querySelectorAll("button, label").forEach((e) => { e.hidden = pages === 1; });
            pager.querySelectorAll("button").forEach((e) => {
              e.disabled = Number(e.dataset.turn) > 0 ? page === pages : page === 1;
            });
            const input = pager.querySelector("input");
            input.max = pages;
            input.value = page;
          }

          function move(value, newTotals) {
            threshold = value;
            Object.assign(totals, newTotals);
            Object.keys(data.lists).forEach((kind) => {
              if (kind !== "oddest") firsts[kind] = 1;
              show(kind);
            });
          }

          document.querySelectorAll("[data-pager]").forEach((pager) => {
            const kind = pager.dataset.pager;
            const turn = (page) => { firsts[kind] = page; show(kind); };
            pager.querySelectorAll("button").forEach((button) => {
              button.addEventListener("click", () => turn(firsts[kind] + Number(button.dataset.turn)));
            });
            pager.querySelector("input").addEventListener("change", (e) => turn(Math.round(Number(e.target.value))));
          });
          move(threshold, {});
          return { move };
        })();
        """

    /// Stretches charts of series along time, so that they scroll.
    static let zoomText = """
        document.querySelectorAll("figure[data-zoom]").forEach((figure) => {
          "use strict";
          const svg = figure.querySelector("svg");
          const control = figure.previousElementSibling;
          const input = control.querySelector("input");
          const texts = [...svg.querySelectorAll("text")].map((e) =>
            [e, e.getAttribute("x"), e.getAttribute("transform") || ""]);
          const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
          const zoom = () => {
            const by = Number(input.value);
            const middle = (figure.scrollLeft + figure.clientWidth / 2) / figure.scrollWidth;
            svg.style.width = svg.style.height = "";
            const whole = svg.getBoundingClientRect().width;
            if (by > 1) {
              svg.style.width = whole * by + "px";
              svg.style.height = whole * height / width + "px";
            }
            // Letters keep their shape.
            texts.forEach(([e, x, own]) => e.setAttribute("transform",
              "translate(" + x + " 0) scale(" + 1 / by + " 1) translate(" + -x + " 0) " + own));
            figure.scrollLeft = middle * figure.scrollWidth - figure.clientWidth / 2;
          };
          svg.setAttribute("preserveAspectRatio", "none");
          control.hidden = false;
          input.addEventListener("input", zoom);
          addEventListener("beforeprint", () => { input.value = 1; zoom(); });
        });
        """

    /// Moves the threshold.
    static let moverText = """
        (function () {
          "use strict";
          const find = (id) => document.getElementById(id);
          const data = JSON.parse(find("mover-steps").textContent);
          const slider = find("mover-slider");
          const total = data.anomalies + data.normals;
          const count = (n) => n.toLocaleString("en-US");
          const share = (part, whole) => whole > 0 ? part / whole : null;
          const figure = (x, digits) => x === null ? "–" : x.toFixed(digits);
          const percent = (x) => x === null ? "–" : (100 * x).toFixed(1) + " %";
          const short = (x) => String(Number(x.toPrecision(4)));
          const cost = (id) => Math.max(0, Number(find("mover-cost-" + id).value) || 0);
          const costAt = (i) =>
            (cost("alarm") * data.alarms[i] + cost("miss") * (data.anomalies - data.caught[i])) / total;

          function mark(chart, x, y) {
            const svg = chart.querySelector("svg");
            let point = svg.querySelector(".moved");
            if (!point) {
              point = document.createElementNS("http://www.w3.org/2000/svg", "circle");
              point.setAttribute("class", "moved");
              point.setAttribute("r", "8");
              svg.appendChild(point);
            }
            const [left, bottom, right, top] = chart.dataset.unit.split(" ").map(Number);
            point.style.display = x === null || y === null ? "none" : "";
            point.setAttribute("cx", left + (x || 0) * (right - left));
            point.setAttribute("cy", bottom + (y || 0) * (top - bottom));
          }

          function update() {
            const i = Number(slider.value);
            const threshold = data.thresholds[i];
            const caught = data.caught[i];
            const alarms = data.alarms[i];
            const recall = share(caught, data.anomalies);
            const rate = share(alarms, data.normals);
            const precision = share(caught, caught + alarms);
            const place = threshold === null ? "above all rows" : "of " + short(threshold);
            find("mover-sentence").textContent = "With a threshold " + place + " the detector catches "
              + count(caught) + " of " + count(data.anomalies) + " anomalies (" + percent(recall)
              + ") and raises " + count(alarms) + (alarms === 1 ? " false alarm on " : " false alarms on ")
              + count(data.normals) + " normal rows (" + percent(rate) + ").";
            slider.setAttribute("aria-valuetext", threshold === null ? "above all rows" : short(threshold));
            find("mover-precision").textContent = percent(precision);
            find("mover-recall").textContent = percent(recall);
            find("mover-rate").textContent = percent(rate);
            find("mover-f1").textContent = figure(share(2 * caught, caught + alarms + data.anomalies), 3);
            find("mover-cost").textContent = figure(costAt(i), 4);
            find("mover-command").textContent = threshold === null
              ? "a threshold that no row reaches keeps nothing"
              : "oddity threshold MODEL --set " + data.measure + "=" + threshold;
            document.querySelectorAll("[data-curve]").forEach((chart) => {
              if (chart.dataset.curve === "roc") mark(chart, rate, recall);
              else mark(chart, recall, precision);
            });
            if (typeof rowLists === "object") rowLists.move(threshold, { alarms, missed: data.anomalies - caught });
          }

          function leastCost() {
            let best = 0;
            data.thresholds.forEach((_, i) => { if (costAt(best) > costAt(i)) best = i; });
            slider.value = best;
            update();
          }

          find("mover").hidden = false;
          slider.addEventListener("input", update);
          find("mover-cost-alarm").addEventListener("input", update);
          find("mover-cost-miss").addEventListener("input", update);
          find("mover-least").addEventListener("click", leastCost);
          find("mover-reset").addEventListener("click", () => { slider.value = data.own; update(); });
          update();
        })();
        """
}
