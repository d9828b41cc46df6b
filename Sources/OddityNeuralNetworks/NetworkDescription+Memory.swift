internal import OddityPlatform

extension NetworkDescription {
    /// The number of parameters, with the gaps between their tensors.
    ///
    /// - Precondition: The description is valid.
    package var parameterCount: Int { NetworkLayout(self).parameterCount }

    /// About how many bytes training takes beside the data.
    ///
    /// - Precondition: The description is valid.
    package func trainingByteCount(_ options: TrainingOptions, rowCount: Int) -> Int {
        let layout = NetworkLayout(self)
        let batchSize = max(1, min(options.batchSize, rowCount))
        let shardCount = TrainingPlan.shardCount(batchSize: batchSize, layout: layout)
        // The network, the copy that is trained, the best one, the gradients and the moments.
        let copies = 3 + shardCount + options.optimizer.momentCount
        let width = layout.list.layers.reduce(inputSize) { $0 + $1.outputSize }
        // Sizes are at most 2²⁴ and layers 2¹², so that no product overflows.
        return MemoryLayout<Float>.stride * (layout.parameterCount * copies + width * batchSize)
    }

    /// Refuses what memory cannot hold, before it is asked for.
    func checkMemory(_ byteCount: Int) throws {
        guard let available = AvailableMemory.byteCount, byteCount > available else { return }
        throw NetworkError.memory(
            parameterCount: parameterCount,
            byteCount: byteCount,
            available: available
        )
    }
}
