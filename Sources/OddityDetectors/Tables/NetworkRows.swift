internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// Rows as the table gives them and as the network takes them.
struct NetworkRows: Sendable {
    /// Rows × features: what is rebuilt and judged.
    let features: Matrix
    /// Rows × components, behind an analysis.
    private let components: Matrix?

    /// Rows × inputs: principal components of the features, or the features themselves.
    var inputs: Matrix { components ?? features }

    /// Rows for a network behind an analysis, or behind none.
    init(_ features: Matrix, analysis: PrincipalComponents?, threadCount: Int = 1) {
        self.features = features
        components = analysis?.applied(to: features, threadCount: threadCount)
    }

    private init(features: Matrix, components: Matrix?) {
        self.features = features
        self.components = components
    }

    /// The rows at the given positions.
    func rows(at positions: [Int]) -> NetworkRows {
        NetworkRows(
            features: features.rows(at: positions),
            components: components?.rows(at: positions)
        )
    }
}
