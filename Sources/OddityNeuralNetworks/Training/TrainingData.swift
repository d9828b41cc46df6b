/// The rows of a training: inputs, and targets unless they are the inputs.
struct TrainingData: @unchecked Sendable {
    /// Where inputs come from.
    enum Inputs {
        /// Rows that begin `stride` numbers apart; they overlap where they are windows.
        case memory(UnsafePointer<Float>, stride: Int)
        case fetched(FetchedRows)
    }

    let inputs: Inputs
    /// Nil where the inputs are fetched.
    let targets: UnsafePointer<Float>?

    init(inputs: UnsafePointer<Float>, stride: Int, targets: UnsafePointer<Float>?) {
        self.inputs = .memory(inputs, stride: stride)
        self.targets = targets
    }

    init(_ rows: FetchedRows) {
        inputs = .fetched(rows)
        targets = nil
    }

    /// Writes the inputs of some rows, one after the other.
    func writeInputs(
        _ rows: UnsafeBufferPointer<Int>,
        width: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        switch inputs {
        case .memory(let source, let stride):
            TrainingData.gather(source, rows, stride: stride, width: width, into: target)
        case .fetched(let source): source.write(rows, into: target)
        }
    }

    /// Throws the first error of a source of rows.
    func check() throws {
        if case .fetched(let rows) = inputs { try rows.check() }
    }

    /// Copies some of the rows of a block, one after the other.
    static func gather(
        _ source: UnsafePointer<Float>,
        _ rows: UnsafeBufferPointer<Int>,
        stride: Int,
        width: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        var next = target
        for row in rows {
            next.update(from: source + row * stride, count: width)
            next += width
        }
    }
}
