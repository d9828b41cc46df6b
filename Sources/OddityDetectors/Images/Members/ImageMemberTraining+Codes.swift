internal import OddityLinearAlgebra
internal import OddityNeuralNetworks

extension ImageMemberTraining {
    /// What codes of images are measured by, learned from those of up to 1,000 training images; nil where
    /// they don't count.
    ///
    /// - Parameters:
    ///   - network: the network that sees all of an image.
    ///   - features: what it sees, before it is scaled.
    ///   - rows: the images that it learned from.
    func codeMeasure(
        of network: ScaledNetwork,
        _ features: StoredRows,
        rows: [Int],
        seed: UInt64
    ) throws -> CodeMeasure? {
        guard let layer = configuration.codeLayer(images.basis.geometry) else { return nil }
        var chosen = rows
        if rows.count > NearestCode.referenceLimit {
            var stream = RandomStream(seed: seed, use: .sampling, index: 2)
            stream.shuffle(&chosen)
            chosen = chosen.prefix(NearestCode.referenceLimit).sorted()
        }
        let plan = ScaledNetworkPlan(network, codeLayer: layer)
        let size = network.network.description.outputSize(ofLayer: layer)
        let tile = AlignedBuffer(count: RowTiles.rowCount * features.columnCount)
        var codes = Matrix(rowCount: chosen.count, columnCount: size)
        try codes.withUnsafeMutableElements { target throws in
            guard let target = target.baseAddress, let found = plan.codes else { return }
            for start in stride(from: 0, to: chosen.count, by: RowTiles.rowCount) {
                let places = chosen[start..<min(start + RowTiles.rowCount, chosen.count)]
                try features.write(rows: places, into: tile.baseAddress)
                plan.rebuild(tile.baseAddress, count: places.count)
                (target + start * size)
                    .update(from: found.baseAddress, count: places.count * size)
            }
        }
        return try CodeMeasure(configuration.codeDistance, codes: codes)
    }
}
