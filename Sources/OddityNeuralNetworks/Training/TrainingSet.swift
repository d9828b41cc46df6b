internal import OddityLinearAlgebra

/// The data of one training, checked: sizes, row numbers, finite values, the loss's needs.
struct TrainingSet {
    /// Where inputs come from.
    enum Inputs {
        case memory(Matrix)
        case source(any RowSource)
    }

    let inputs: Inputs
    let targets: Matrix?
    /// Where the windows to train on begin, each a row of the network.
    let rows: [Int]
    /// Empty without validation.
    let validationRows: [Int]

    init(
        inputs: Matrix,
        targets: Matrix?,
        windowLength: Int,
        rows: [Int]?,
        validationRows: [Int]?,
        description: NetworkDescription,
        loss: Loss
    ) throws {
        precondition(windowLength >= 1, "a window has a row")
        try TrainingSet.check(inputs, windowLength, size: description.inputSize)
        let expected = targets ?? inputs
        let targetLength = targets == nil ? windowLength : 1
        let targetSize = try TrainingSet.targetSize(of: description, loss: loss)
        try TrainingSet.check(expected, targetLength, size: targetSize)
        guard expected.rowCount == inputs.rowCount else {
            throw TrainingError.rowCount(inputs: inputs.rowCount, targets: expected.rowCount)
        }
        self.inputs = .memory(inputs)
        self.targets = targets
        let windowCount = max(0, inputs.rowCount - windowLength + 1)
        self.rows = rows ?? Array(0..<windowCount)
        self.validationRows = validationRows ?? []
        guard !self.rows.isEmpty else { throw TrainingError.noRows }
        for used in [self.rows, self.validationRows] {
            try TrainingSet.check(used, rowCount: windowCount)
            let seen = TrainingSet.rows(of: used, windowLength, rowCount: inputs.rowCount)
            try TrainingSet.checkFinite(inputs, rows: seen)
            if targets != nil { try TrainingSet.checkFinite(expected, rows: used) }
            if loss == .binaryCrossEntropy {
                try TrainingSet.checkUnitInterval(expected, rows: targets == nil ? seen : used)
            }
        }
    }

    /// The rows that windows hold, each once.
    private static func rows(of starts: [Int], _ windowLength: Int, rowCount: Int) -> [Int] {
        guard windowLength > 1 else { return starts }
        var isSeen = [Bool](repeating: false, count: rowCount)
        for start in starts {
            for row in start..<start + windowLength { isSeen[row] = true }
        }
        return isSeen.indices.filter { isSeen[$0] }
    }

    /// Rows that are fetched when they are needed; their numbers are not looked at beforehand.
    init(
        source: any RowSource,
        rows: [Int],
        validationRows: [Int],
        description: NetworkDescription,
        loss: Loss
    ) throws {
        let targetSize = try TrainingSet.targetSize(of: description, loss: loss)
        for expected in [description.inputSize, targetSize] where source.columnCount != expected {
            throw TrainingError.columnCount(found: source.columnCount, expected: expected)
        }
        guard !rows.isEmpty else { throw TrainingError.noRows }
        for used in [rows, validationRows] {
            try TrainingSet.check(used, rowCount: source.rowCount)
        }
        inputs = .source(source)
        targets = nil
        self.rows = rows
        self.validationRows = validationRows
    }

    /// The numbers of a target, once the network is known to fit the loss.
    private static func targetSize(of description: NetworkDescription, loss: Loss) throws -> Int {
        let outputSize = description.outputSize
        if loss == .gaussian, outputSize % 2 != 0 { throw TrainingError.oddOutputSize(outputSize) }
        if loss.needsShape, description.outputShape.isFlat {
            throw TrainingError.flatOutput(loss: loss.name)
        }
        return loss.targetSize(outputSize: outputSize)
    }

    private static func check(_ rows: [Int], rowCount: Int) throws {
        guard let row = rows.first(where: { $0 < 0 || $0 >= rowCount }) else { return }
        throw TrainingError.rowOutside(row, rowCount: rowCount)
    }

    private static func check(_ matrix: Matrix, _ windowLength: Int, size: Int) throws {
        guard matrix.columnCount * windowLength == size else {
            throw TrainingError.columnCount(
                found: matrix.columnCount * windowLength,
                expected: size
            )
        }
    }

    private static func checkFinite(_ matrix: Matrix, rows: [Int]) throws {
        try check(matrix, rows: rows, isValid: { ($0 - $0) == 0 }) { row, column, _ in
            .nonFiniteValue(row: row, column: column)
        }
    }

    private static func checkUnitInterval(_ matrix: Matrix, rows: [Int]) throws {
        try check(matrix, rows: rows, isValid: { $0 >= 0 && $0 <= 1 }) { row, column, value in
            .targetOutsideUnitInterval(row: row, column: column, value: value)
        }
    }

    @inline(__always)
    private static func check(
        _ matrix: Matrix,
        rows: [Int],
        isValid: (Float) -> Bool,
        error: (Int, Int, Float) -> TrainingError
    ) throws {
        let width = matrix.columnCount
        try matrix.withUnsafeElements { elements throws in
            guard let base = elements.baseAddress else { return }
            for row in rows {
                let values = base + row * width
                var validCount = 0
                for column in 0..<width { validCount += isValid(values[column]) ? 1 : 0 }
                guard validCount < width else { continue }
                for column in 0..<width where !isValid(values[column]) {
                    throw error(row, column, values[column])
                }
            }
        }
    }
}
