/// The rows of a training: inputs, and targets unless they are the inputs.
struct TrainingData: @unchecked Sendable {
    /// Where inputs come from.
    enum Inputs {
        case memory(UnsafePointer<Float>)
        case fetched(FetchedRows)
    }

    let inputs: Inputs
    /// Nil where the inputs are fetched.
    let targets: UnsafePointer<Float>?

    init(inputs: UnsafePointer<Float>, targets: UnsafePointer<Float>?) {
        self.inputs = .memory(inputs)
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
        case .memory(let source): TrainingData.gather(source, rows, width: width, into: target)
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
        width: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        var next = target
        for row in rows {
            next.update(from: source + row * width, count: width)
            next += width
        }
    }
}
