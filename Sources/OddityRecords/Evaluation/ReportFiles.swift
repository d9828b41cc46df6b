internal import OddityDatasets
internal import OddityFiles
package import OddityReports

extension EvaluationReport {
    /// Writes the page.
    package func write(page path: String) throws {
        let file = try OutputFile(path: path)
        try file.write(html)
        try file.close()
    }

    /// Writes each chart into a folder, which is made if it is not there.
    ///
    /// - Returns: how many there are.
    package func write(chartsTo folder: String) throws -> Int {
        try Folder(path: folder).make()
        let charts = chartFiles
        for chart in charts {
            let file = try OutputFile(path: "\(folder)/\(chart.name).svg")
            try file.write(chart.svg)
            try file.close()
        }
        return charts.count
    }

    /// Writes the numbers of the curves as a table of CSV, a point a line.
    package func write(curvesTo path: String) throws {
        let table = try CSVWriter(path: path, columns: ["curve", "x", "y", "threshold"])
        for curve in curves {
            for point in curve.points {
                // Above all scores there is no number.
                let threshold = point.threshold.flatMap { $0.isFinite ? $0 : nil }
                try table.write([
                    .text(curve.name), .number(point.x), .number(point.y),
                    threshold.map { .number($0) } ?? .missing,
                ])
            }
        }
        try table.close()
    }
}
