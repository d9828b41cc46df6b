/// How charts look: one sheet for charts in a page and charts by themselves.
enum ChartStyle {
    static let light = """
        --ink:#1b1f24;--muted:#59636e;--line:#d5dae0;--paper:#ffffff;--panel:#f6f8fa;\
        --blue:#0072b2;--vermilion:#d55e00;--green:#00855f;--purple:#a8518a;--amber:#b07900;\
        --gray:#7a8490
        """

    static let dark = """
        --ink:#e8ebef;--muted:#a2acb8;--line:#383f49;--paper:#14171b;--panel:#1c2026;\
        --blue:#56b4e9;--vermilion:#f08a4b;--green:#3cc79b;--purple:#dd9cc5;--amber:#e8b33f;\
        --gray:#8c96a3
        """

    static let rules: String = {
        var rules = """
            .chart{display:block;width:100%;height:auto}
            .chart text{font:13.5px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",\
            "Liberation Sans",Arial,sans-serif;fill:var(--muted);font-variant-numeric:tabular-nums}
            .chart .name{fill:var(--ink)}
            .chart .heading{font-size:15px;font-weight:600;fill:var(--ink)}
            .chart .grid{stroke:var(--line);stroke-width:1;shape-rendering:crispEdges;fill:none}
            .chart .axis{stroke:var(--gray);stroke-width:1;shape-rendering:crispEdges;fill:none}
            .chart .reference{stroke:var(--gray);stroke-width:1.3;stroke-dasharray:2 4;fill:none}
            .chart .rule{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:6 3;fill:none}
            .chart .solid{stroke-width:2.2}.chart .thin{stroke-width:1.2;stroke-opacity:.7}
            .chart .dashed{stroke-width:1.8;stroke-dasharray:6 4}
            .chart .curve{fill:none;stroke-linejoin:round;stroke-linecap:round}
            .chart .bars{fill-opacity:.3;stroke-width:1.6;stroke-linejoin:miter}
            .chart .band{fill-opacity:.22;stroke:none}
            .chart .dots{fill:none;stroke-width:5;stroke-linecap:round;stroke-opacity:.45}
            .chart .marker{stroke:var(--paper);stroke-width:1.6}

            """
        for color in ChartColor.allCases {
            let value = "var(--\(color.rawValue))"
            rules += ".chart .\(color.rawValue){stroke:\(value)}"
            rules +=
                ".chart .bars.\(color.rawValue),.chart .marker.\(color.rawValue),"
                + ".chart .band.\(color.rawValue){fill:\(value)}\n"
            rules += ".chart .band.\(color.rawValue){stroke:none}\n"
            rules += ".chart .marker.\(color.rawValue){stroke:var(--paper)}\n"
        }
        return rules
    }()

    /// The sheet of a chart that stands by itself.
    ///
    /// Its colors are written out, since most programs that draw SVG, unlike
    /// browsers, know no variables.
    static let standalone =
        written(out: rules, light)
        + "@media (prefers-color-scheme:dark){\n\(written(out: rules, dark))}\n"

    /// Rules with a color in the place of each variable.
    private static func written(out rules: String, _ palette: String) -> String {
        palette.split(separator: ";").reduce(rules + ".chart .paper{fill:var(--paper)}\n") {
            let pair = $1.split(separator: ":")
            return $0.replacing("var(\(pair[0]))", with: pair[1])
        }
    }
}
