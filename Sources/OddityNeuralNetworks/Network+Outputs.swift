public import OddityLinearAlgebra

extension Network {
    /// The outputs for all rows of a matrix.
    ///
    /// - Parameters:
    ///   - inputs: rows of ``inputSize`` columns.
    ///   - layer: the layer whose output to return, the last one by default.
    ///   - draw: which latent code a variational layer draws; nil, the default, takes the mean.
    ///   - threadCount: the threads to use. The result does not depend on it.
    /// - Throws: ``TrainingError/columnCount(found:expected:)`` for rows of another size.
    public func outputs(
        for inputs: Matrix,
        ofLayer layer: Int? = nil,
        draw: LatentDraw? = nil,
        threadCount: Int = 1
    ) throws -> Matrix {
        guard inputs.columnCount == inputSize else {
            throw TrainingError.columnCount(found: inputs.columnCount, expected: inputSize)
        }
        let layer = layer ?? description.layers.count - 1
        precondition(
            description.layers.indices.contains(layer),
            "layer \(layer) of \(description.layers.count)"
        )
        let width = description.outputSize(ofLayer: layer)
        let rowCount = inputs.rowCount
        var result = Matrix(rowCount: rowCount, columnCount: width)
        let tile = InferencePlan.tileRowCount(layout)
        let tileCount = (rowCount + tile - 1) / tile
        let workers = max(1, min(threadCount, tileCount))
        inputs.withUnsafeElements { source in
            result.withUnsafeMutableElements { target in
                guard let first = source.baseAddress, let start = target.baseAddress else { return }
                // Each worker writes tiles of its own.
                nonisolated(unsafe) let from = first
                nonisolated(unsafe) let to = start
                Parallel.forEach(count: workers, threadCount: workers) { worker in
                    let plan = InferencePlan(self)
                    let firstTile = tileCount * worker / workers
                    for index in firstTile..<(tileCount * (worker + 1) / workers) {
                        let row = index * tile
                        let count = min(tile, rowCount - row)
                        plan.forward(from + row * plan.inputSize, count: count, draw: draw)
                        (to + row * width)
                            .update(from: plan.output(ofLayer: layer), count: count * width)
                    }
                }
            }
        }
        return result
    }
}
