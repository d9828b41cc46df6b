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

    /// Writes each chart into a folder, which is made if it is not there: as SVG, and as PNG where that can be drawn.
    ///
    /// - Parameter rasterizer: what draws them; nil where nothing does.
    /// - Returns: what there is, for a person.
    package func write(
        chartsTo folder: String,
        rasterizer: SVGRasterizer? = SVGRasterizer()
    ) throws -> String {
        try Folder(path: folder).make()
        let charts = chartFiles
        for chart in charts {
            let path = "\(folder)/\(chart.name)"
            let file = try OutputFile(path: path + ".svg")
            try file.write(chart.svg)
            try file.close()
            guard let png = try rasterizer?.png(of: path + ".svg") else { continue }
            let image = try OutputFile(path: path + ".png")
            try png.withUnsafeBytes(image.append)
            try image.close()
        }
        return "\(counted(charts.count, "chart")) in \(folder), "
            + (rasterizer == nil
                ? "as SVG only: for PNG there must be \(SVGRasterizer.program) on the PATH (Debian: librsvg2-bin)"
                : "as SVG and PNG")
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
