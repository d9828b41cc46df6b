internal import OddityLinearAlgebra

extension GraphBuilder {
    /// Numbers that do not change.
    ///
    /// - Parameter shape: a row for all rows by default.
    func floats(_ values: [Float], shape: [Int]? = nil) -> GraphValue {
        constant(values.map(\.bitPattern), shape, .float)
    }

    /// Numbers of double precision that do not change.
    func doubles(_ values: [Double], shape: [Int]? = nil) -> GraphValue {
        constant(values.map(\.bitPattern), shape, .double)
    }

    /// Whole numbers that do not change.
    func integers(_ values: [Int], shape: [Int]? = nil) -> GraphValue {
        constant(values.map { UInt64(bitPattern: Int64($0)) }, shape, .integer)
    }

    /// Truths that do not change.
    func booleans(_ values: [Bool], shape: [Int]? = nil) -> GraphValue {
        constant(values.map { $0 ? 1 : 0 as UInt8 }, shape, .boolean)
    }

    /// A matrix that does not change.
    func matrix(_ matrix: Matrix) -> GraphValue {
        floats(matrix.elements, shape: [matrix.rowCount, matrix.columnCount])
    }

    /// The format stores numbers with the least byte first.
    private func constant<Word: FixedWidthInteger>(
        _ words: [Word],
        _ shape: [Int]?,
        _ type: ElementType
    ) -> GraphValue {
        var tensor = Onnx_TensorProto()
        tensor.dims = (shape ?? [words.count]).map(Int64.init)
        tensor.rawData.reserveCapacity(words.count * MemoryLayout<Word>.size)
        words.map(\.littleEndian).withUnsafeBytes { tensor.rawData.append(contentsOf: $0) }
        return constant(tensor, type)
    }
}
