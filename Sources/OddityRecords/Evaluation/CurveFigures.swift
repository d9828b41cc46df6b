package import OddityReports

/// The numbers of a curve as JSON: a list for each coordinate, as programs that draw take them.
package struct CurveFigures: Encodable {
    /// What it is called, as in the table that `--curves` writes.
    package let name: String
    package let x, y: [Double]
    /// The threshold of each point, null above all scores; missing for a curve without any.
    package let threshold: [OrNull<Double>]?

    package init(_ curve: CurveNumbers) {
        name = curve.name
        x = curve.points.map(\.x)
        y = curve.points.map(\.y)
        threshold =
            curve.points.contains { $0.threshold != nil }
            ? curve.points.map { point in
                OrNull(point.threshold.flatMap { $0.isFinite ? $0 : nil })
            } : nil
    }
}
