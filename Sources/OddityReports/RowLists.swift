/// The lists of rows of an evaluation, as the data that a script pages through.
struct RowLists {
    /// The rows that are seen at a time.
    static let pageSize = 20

    private let report: EvaluationReport

    init(of report: EvaluationReport) { self.report = report }

    /// The lists that have rows to show.
    var shown: [RowList] { RowList.allCases.filter { !$0.rows(of: report).isEmpty } }

    /// The table of a list, its first rows in it, and what pages through it.
    func html(_ list: RowList) -> String {
        let rows = list.rows(of: report)
        let first = rows.lazy.filter(list.shows).prefix(Self.pageSize)
        var html = Markup()
        html.raw(
            RowTable(
                rows: Array(first),
                label: list.title(of: report),
                unit: report.unit,
                ownColumns: report.ownColumns,
                list: list
            ).html(RowTable.Parts(of: rows))
        )
        let hidden = list.total(of: report) - first.count
        html.raw("<div class=\"pager\" data-pager=\"\(list.rawValue)\">")
        html.raw("<button type=\"button\" data-turn=\"-1\" hidden=\"hidden\">Previous</button>")
        html.raw(
            "<label hidden=\"hidden\">page <input type=\"number\" min=\"1\" value=\"1\"/></label>"
        )
        html.raw("<button type=\"button\" data-turn=\"1\" hidden=\"hidden\">Next</button>")
        html.element(
            "span",
            "class=\"note\" id=\"\(list.rawValue)-count\" aria-live=\"polite\"",
            hidden > 0 ? "and \(NumberText.count(hidden)) more rows" : ""
        )
        html.raw("</div>")
        return html.text
    }

    /// All of it as JSON that is XML too.
    ///
    /// A row is its name, its own columns, score, p-value, what the threshold is on, whether it is an anomaly, and its reasons:
    /// the place of the column among `columns`, value, expected value and share.
    var json: String {
        var columns: [String: Int] = [:]
        var names: [String] = []
        func place(of column: String) -> Int {
            if let place = columns[column] { return place }
            columns[column] = names.count
            names.append(column)
            return names.count - 1
        }
        let lists = shown.map { list -> String in
            let rows = list.rows(of: report)
            let parts = RowTable.Parts(of: rows)
            let texts = rows.map { row -> String in
                let reasons = row.reasons.map { reason in
                    let share = reason.share.isFinite ? min(max(reason.share, 0), 1) : 0
                    return "[\(place(of: reason.column)),\(Self.quoted(reason.value, 60)),"
                        + "\(Self.quoted(reason.expected, 60)),\(Int((share * 100).rounded()))]"
                }
                return
                    "[\(Self.quoted(row.name, 160)),[\(row.own.map { Self.quoted($0, 60) }.joined(separator: ","))],"
                    + "\(Self.quoted(NumberText.significant(row.score), 60)),\(Self.quoted(row.pValueText, 60)),"
                    + "\(row.measure.isFinite ? "\(row.measure)" : "0"),"
                    + "\(row.isAnomaly.map { $0 ? "1" : "0" } ?? "null"),[\(reasons.joined(separator: ","))]]"
            }
            return
                "\"\(list.rawValue)\":{\"total\":\(list.total(of: report)),\"hasP\":\(parts.hasPValue),"
                + "\"hasTruth\":\(parts.hasTruth),\"hasReasons\":\(parts.hasReasons),\"rows\":[\n"
                + "\(texts.joined(separator: ",\n"))]}"
        }
        let own = report.operatingPoints.first { $0.isModelsOwn }?.threshold
        let threshold = own.flatMap { $0.isFinite ? "\($0)" : nil } ?? "null"
        return "{\"size\":\(Self.pageSize),\"threshold\":\(threshold),"
            + "\"own\":[\(report.ownColumns.map { Self.quoted($0, 60) }.joined(separator: ","))],"
            + "\"lists\":{\(lists.joined(separator: ","))},"
            + "\"columns\":[\(names.map { Self.quoted($0, 60) }.joined(separator: ","))]}"
    }

    /// A text as a string of JSON that holds nothing that XML reserves.
    private static func quoted(_ text: String, _ limit: Int) -> String {
        var result = "\""
        for scalar in Markup.cut(text, to: limit).unicodeScalars {
            switch scalar {
            case "\"", "\\", "<", ">", "&": result += escape(scalar)
            case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                result += escape(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
