public import OddityLinearAlgebra

/// Rows ready for a network.
public struct PreparedRows: Sendable {
    /// Rows × features: filled, clipped, scaled, categories as numbers.
    public var features: Matrix
    /// The cells whose value is evidence by itself, because training could not have produced it: a
    /// changed constant, an unseen category, a value missing where none was.
    public var evidence: [Evidence]

    /// Makes rows that are ready already.
    public init(features: Matrix, evidence: [Evidence] = []) {
        self.features = features
        self.evidence = evidence
    }

    /// One such cell.
    public struct Evidence: Sendable, Equatable {
        /// The row within the prepared rows.
        public let row: Int
        /// The position of the column among the preparation's columns.
        public let column: Int

        /// Makes such a cell.
        public init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }
}
