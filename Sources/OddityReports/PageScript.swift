/// The script that lets a reader of an evaluation move the threshold.
///
/// It needs nothing but the page, and has no character that XML reserves.
enum PageScript {
    static let moverText = """
        (function () {
          "use strict";
          const find = (id) => document.getElementById(id);
          const data = JSON.parse(find("mover-steps").textContent);
          const slider = find("mover-slider");
          const page = 20;
          const limits = new Map();
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

          function list(table, threshold, all) {
            const kind = table.dataset.list;
            const limit = limits.get(kind) || page;
            let seen = 0;
            table.querySelectorAll("tbody").forEach((row) => {
              const reaches = threshold === null ? false : Number(row.dataset.measure) >= threshold;
              const verdict = row.querySelector(".verdict");
              verdict.textContent = reaches ? "anomaly" : "normal";
              verdict.classList.toggle("anomaly", reaches);
              const belongs = kind === "oddest" ? true : kind === "alarms" ? reaches : !reaches;
              if (belongs) seen += 1;
              row.hidden = kind === "oddest" ? false : !belongs || seen > limit;
            });
            if (kind === "oddest") return;
            const shown = Math.min(seen, limit);
            find(kind + "-count").textContent = count(shown) + " of " + count(all) + " shown"
              + (all > seen ? "; the page holds " + count(seen) + " of them" : "");
            find(kind + "-more").hidden = limit >= seen;
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
            document.querySelectorAll("table[data-list]").forEach((table) =>
              list(table, threshold, table.dataset.list === "alarms" ? alarms : data.anomalies - caught));
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
          document.querySelectorAll("button[data-more]").forEach((button) => {
            button.addEventListener("click", () => {
              const kind = button.dataset.more;
              limits.set(kind, (limits.get(kind) || page) + page);
              update();
            });
          });
          update();
        })();
        """
}
