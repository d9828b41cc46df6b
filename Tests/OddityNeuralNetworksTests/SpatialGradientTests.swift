import OddityNeuralNetworks
import Testing

@Suite struct SpatialGradientTests {
    private func check(
        _ shape: Shape,
        _ layers: [LayerDescription],
        rowCount: Int = 2,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let network = try Network(
            NetworkDescription(inputShape: shape, layers: layers),
            initializer: .pytorchUniform,
            seed: 4
        )
        checkGradients(
            of: network,
            loss: .meanSquaredError,
            rowCount: rowCount,
            sourceLocation: sourceLocation
        )
    }

    @Test(arguments: [
        Convolution(channels: 3, kernel: 1),
        Convolution(channels: 3, kernel: 1, groups: 1, useBias: false),
        Convolution(channels: 4, kernel: 3, padding: 1),
        Convolution(channels: 4, kernel: 3, stride: 2, padding: 1, groups: 2),
        Convolution(channels: 2, kernel: [2, 3], stride: [1, 2], padding: [0, 1]),
        Convolution(channels: 2, kernel: [3, 2], dilation: [2, 3], groups: 2),
        Convolution(channels: 3, kernel: 2, stride: 3, padding: 2),
        Convolution(channels: 6, kernel: 1, groups: 2),
        Convolution(channels: 6, kernel: 1, stride: 2, groups: 2),
    ])
    func convolutions(layer: Convolution) throws {
        try check(
            [5, 4, 2],
            [.convolution(layer), .activation(.tanh), .convolution(layer.on(layer.channels))]
        )
    }

    @Test(arguments: [
        Convolution(channels: 3, kernel: 3, padding: 1),
        Convolution(channels: 4, kernel: 3, padding: .causal, dilation: 2, groups: 2),
        Convolution(channels: 2, kernel: 4, stride: 2, padding: .causal),
    ])
    func convolutionsOfSeries(layer: Convolution) throws {
        try check([9, 4], [.convolution(layer), .activation(.gelu), .dense(outputSize: 3)])
        try check([9, 4], [.dropout(rate: 0), .convolution(layer)], rowCount: 1)
    }

    @Test(arguments: [
        TransposedConvolution(channels: 3, kernel: 1),
        TransposedConvolution(channels: 3, kernel: 3, stride: 2, padding: 1, outputPadding: 1),
        TransposedConvolution(channels: 4, kernel: [3, 2], stride: [1, 2], groups: 2),
        TransposedConvolution(channels: 2, kernel: 2, stride: 3, outputPadding: [0, 2]),
        TransposedConvolution(channels: 2, kernel: 3, padding: 2, dilation: 2, useBias: false),
    ])
    func transposedConvolutions(layer: TransposedConvolution) throws {
        try check(
            [3, 4, 2],
            [
                .activation(.silu), .transposedConvolution(layer), .activation(.silu),
                .dense(outputSize: 4),
            ]
        )
    }

    @Test func transposedConvolutionsOfSeries() throws {
        try check(
            [4, 2],
            [
                .transposedConvolution(channels: 3, kernel: 3, stride: 2, padding: 1),
                .activation(.tanh), .transposedConvolution(channels: 1, kernel: 2, stride: 2),
            ]
        )
    }

    @Test(arguments: [
        LayerDescription.maximumPooling(kernel: 2),
        .maximumPooling(kernel: [3, 2], stride: 2, padding: 1),
        .averagePooling(kernel: 2), .averagePooling(kernel: 3, stride: [1, 2], padding: 1),
        .upsampling(factor: [2, 3]), .upsampling(factor: [3, 2], interpolation: .linear),
        .upsampling(factor: [1, 4], interpolation: .linear),
    ])
    func poolingAndUpsampling(layer: LayerDescription) throws {
        try check(
            [3, 4, 2],
            [
                .convolution(channels: 2, kernel: 2), .activation(.tanh), layer,
                .dense(outputSize: 1),
            ]
        )
        try check([1, 4, 1], [.upsampling(factor: [3, 1]), layer, .activation(.sigmoid)])
    }

    @Test(arguments: [
        LayerDescription.maximumPooling(kernel: 3, stride: 2, padding: 1),
        .averagePooling(kernel: 2), .upsampling(factor: 2, interpolation: .linear),
    ])
    func poolingAndUpsamplingOfSeries(layer: LayerDescription) throws {
        try check([5, 2], [.dropout(rate: 0), layer, .convolution(channels: 2, kernel: 2)])
    }

    @Test(arguments: [1, 4])
    func normalizationOfChannels(rowCount: Int) throws {
        try check(
            [4, 3, 2],
            [
                .batchNormalization(), .convolution(channels: 3, kernel: 2, useBias: false),
                .batchNormalization(), .activation(.relu), .layerNormalization(),
                .reshape([6, 3]), .batchNormalization(), .dense(outputSize: 4),
            ],
            rowCount: rowCount
        )
    }

    @Test func viewsAndBlocks() throws {
        try check(
            [12],
            [
                .reshape([2, 3, 2]), .residual([.convolution(channels: 2, kernel: 3, padding: 1)]),
                .flatten, .activation(.tanh), .reshape([6, 2]),
                .residual([.flatten, .dense(outputSize: 12), .activation(.tanh)]),
                .convolution(channels: 2, kernel: 2), .flatten, .flatten, .dense(outputSize: 3),
                .flatten,
            ]
        )
    }
}

extension Convolution {
    /// The same with a smaller kernel and no stride, for an input of some channels.
    fileprivate func on(_ channels: Int) -> Convolution {
        Convolution(channels: channels, kernel: 1, groups: groups)
    }
}
