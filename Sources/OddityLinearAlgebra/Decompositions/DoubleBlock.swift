/// A row-major block of doubles, for decompositions that need more digits than a ``Matrix`` has.
struct DoubleBlock: Sendable {
    let rowCount: Int
    let columnCount: Int
    var elements: [Double]

    init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        elements = [Double](repeating: 0, count: rowCount * columnCount)
    }

    /// The first rows.
    func prefix(_ count: Int) -> DoubleBlock {
        DoubleBlock(
            rowCount: count,
            columnCount: columnCount,
            elements: Array(elements.prefix(count * columnCount))
        )
    }

    private init(rowCount: Int, columnCount: Int, elements: [Double]) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.elements = elements
    }

    /// This block times another, k × n.
    func multiplied(by other: DoubleBlock) -> DoubleBlock {
        var result = DoubleBlock(rowCount: rowCount, columnCount: other.columnCount)
        DoubleProducts.multiply(
            elements,
            other.elements,
            into: &result.elements,
            m: rowCount,
            n: other.columnCount,
            k: columnCount,
            leftStride: columnCount,
            rightStride: other.columnCount,
            resultStride: other.columnCount
        )
        return result
    }

    /// This block times its transpose; only the upper triangle is filled.
    func timesItsTranspose() -> DoubleBlock {
        var result = DoubleBlock(rowCount: rowCount, columnCount: rowCount)
        DoubleProducts.addSquare(
            elements,
            to: &result.elements,
            size: rowCount,
            depth: columnCount,
            stride: columnCount
        )
        return result
    }
}
