internal import OddityDatasets
internal import OddityNeuralNetworks
internal import OddityPreprocessing

extension ImportedNetwork {
    /// The layers for features of a preparation: between two that change the scales of the columns.
    ///
    /// A feature is (x − c) / s, and what the network takes (x − m) / t: that is a·feature + b with a = s / t and
    /// b = (c − m) / t. What it gives is turned back, a⁻¹·y − b / a.
    var scaledLayers: [LayerDescription] {
        [.batchNormalization()] + layers + [.batchNormalization()]
    }

    /// The network for features of a preparation that has one for each column, in their order.
    func network(for preparer: TablePreparer) throws -> Network {
        var slopes: [Double] = []
        var shifts: [Double] = []
        for (place, column) in preparer.columns.enumerated() {
            guard case .numeric(let encoder) = column.encoder, column.featureCount == 1 else {
                throw DetectorError.unusableNetwork(
                    "column \(quoted(column.name)) must hold numbers, and not the same in every row"
                )
            }
            let (mean, scale) = (
                description.means?[place] ?? 0, description.scales?[place] ?? 1
            )
            slopes.append(encoder.scale / scale)
            shifts.append((encoder.center - mean) / scale)
        }
        let back = zip(slopes, shifts).map { slope, shift in (1 / slope, -shift / slope) }
        let inner = tensors.map { tensor in
            StoredTensor(
                name: "layers.\(tensor.layer + 1).\(tensor.name)",
                shape: tensor.shape,
                values: tensor.values
            )
        }
        return try Network(
            NetworkDescription(inputSize: preparer.featureCount, layers: scaledLayers),
            tensors: Self.scaling(slopes, shifts, layer: 0) + inner
                + Self.scaling(back.map(\.0), back.map(\.1), layer: layers.count + 1)
        )
    }

    /// A normalization that is nothing but a slope and a shift.
    private static func scaling(
        _ slopes: [Double],
        _ shifts: [Double],
        layer: Int
    ) -> [StoredTensor] {
        // With what is added to it, the variance is 1.
        let variance = 1 - LayerDescription.usualEpsilon
        return [
            ("weight", slopes.map { Float($0) }), ("bias", shifts.map { Float($0) }),
            ("running_mean", slopes.map { _ in 0 }), ("running_var", slopes.map { _ in variance }),
        ].map { name, values in
            StoredTensor(name: "layers.\(layer).\(name)", shape: [values.count], values: values)
        }
    }
}

extension LayerDescription {
    /// What a normalization adds to variances by default.
    fileprivate static let usualEpsilon: Float = 1e-5
}
