internal import OddityLinearAlgebra

/// Windows made of weights: the rows of XW are windows, which are added up to an image.
struct TransposedConvolutionLayer: Layer {
    /// The windows on the output.
    let geometry: WindowGeometry
    let inputChannels: Int
    let useBias: Bool
    /// The kernel's sizes as they are stored, without a height for series.
    let kernelShape: [Int]

    init(_ layer: TransposedConvolution, from shape: Shape) {
        geometry = WindowGeometry(layer, from: shape)
        inputChannels = shape.channels
        useBias = layer.useBias
        kernelShape = Array(
            [geometry.kernel.height, geometry.kernel.width].suffix(shape.extents.count)
        )
    }

    var inputSize: Int { geometry.windows.count * inputChannels }
    var outputSize: Int { geometry.imageSize }
    var canFuseActivation: Bool { true }
    var isSpatial: Bool { true }
    var parameterShapes: [(name: String, shape: [Int])] {
        [("weight", [inputChannels] + kernelShape + [geometry.groupChannels])]
            + (useBias ? [("bias", [geometry.channels])] : [])
    }
    var reusedMultiplications: Int {
        (geometry.windows.count - 1) * geometry.patchSize * inputChannels
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        // A point of the output is reached by every stride-th tap.
        let reached = max(1, geometry.kernel.count / geometry.stride.count)
        let isAsPyTorch = use.initializer == .pytorchUniform
        use.fill(
            tensors,
            inputSize: isAsPyTorch
                ? geometry.patchSize : max(1, reached * inputChannels / geometry.groups),
            outputSize: geometry.patchSize
        )
    }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedTransposedConvolution(self, place)
    }
}

final class PlannedTransposedConvolution: PlannedLayer {
    private let layer: TransposedConvolutionLayer
    private let workspace: WindowWorkspace
    private let bias: ChannelBias
    private let weightOffset: Int
    /// Nil in scoring.
    private let transposedWeights: TransposedWeights?
    private let outputs: AlignedBuffer
    private let preactivations: AlignedBuffer?

    let output: UnsafeMutablePointer<Float>
    var preactivation: UnsafeMutablePointer<Float>? { preactivations?.baseAddress }

    init(_ layer: TransposedConvolutionLayer, _ place: LayerPosition) {
        self.layer = layer
        workspace = WindowWorkspace(layer.geometry)
        bias = ChannelBias(
            plane: layer.geometry.image,
            channels: layer.geometry.channels,
            offset: layer.useBias ? place.parameterOffsets[1] : nil,
            activation: place.fusedActivation
        )
        weightOffset = place.parameterOffsets[0]
        transposedWeights =
            place.keepsAllOutputs
            ? nil
            : TransposedWeights(
                groups: layer.geometry.groups,
                rowCount: layer.inputChannels / layer.geometry.groups,
                columnCount: layer.geometry.patchSize
            )
        let count = place.rowCapacity * layer.outputSize
        outputs = AlignedBuffer(count: count)
        preactivations = place.keepsPreactivation ? AlignedBuffer(count: count) : nil
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let geometry = layer.geometry
        let channels = layer.inputChannels
        let groupSize = channels / geometry.groups
        let weights = pass.parameters + weightOffset
        bias.prepare(pass.parameters)
        for row in 0..<rowCount {
            let x = input + row * layer.inputSize
            let z = (preactivation ?? output) + row * layer.outputSize
            workspace.beginWriting(to: z)
            for band in workspace.bands {
                let first = workspace.count(0..<band.lowerBound) * channels
                for group in 0..<geometry.groups {
                    let block = workspace.block(band, group: group)
                    Products.multiply(
                        x + first + group * groupSize,
                        weights + group * groupSize * geometry.patchSize,
                        into: block.elements,
                        m: workspace.count(band),
                        n: geometry.patchSize,
                        k: groupSize,
                        leftStride: channels,
                        resultStride: block.stride
                    )
                    workspace.add(band, group: group)
                }
            }
            workspace.endWriting(to: z)
            bias.apply(z, into: output + row * layer.outputSize)
        }
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        let size = layer.outputSize
        let weights = inputGradient == nil ? nil : transposed(pass.parameters + weightOffset)
        bias.prepareGradient()
        for row in 0..<rowCount {
            let g = gradient + row * size
            bias.applyGradient(
                g,
                z: preactivation.map { UnsafePointer($0 + row * size) },
                y: output + row * size
            )
            workspace.read(g)
            for band in workspace.bands {
                for group in 0..<layer.geometry.groups {
                    backward(
                        band,
                        group,
                        input: input + row * layer.inputSize,
                        inputGradient: inputGradient.map { $0 + row * layer.inputSize },
                        weights: weights?.group(group),
                        weightGradients: gradients + weightOffset,
                        isFirst: row == 0 && band.lowerBound == 0
                    )
                }
            }
        }
        bias.finishGradient(gradients)
    }

    private func transposed(_ weights: UnsafePointer<Float>) -> TransposedWeights? {
        let groupSize = layer.inputChannels / layer.geometry.groups
        let patchSize = layer.geometry.patchSize
        for group in 0..<layer.geometry.groups {
            transposedWeights?.update(
                group: group,
                from: weights + group * groupSize * patchSize,
                stride: patchSize
            )
        }
        return transposedWeights
    }

    /// The part of one group and some rows of windows P of the gradient: xᵀP for the weights, and PWᵀ
    /// for the input where the transposed weights are given.
    private func backward(
        _ band: Range<Int>,
        _ group: Int,
        input: UnsafePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        weights: UnsafePointer<Float>?,
        weightGradients: UnsafeMutablePointer<Float>,
        isFirst: Bool
    ) {
        let channels = layer.inputChannels
        let groupSize = channels / layer.geometry.groups
        let patchSize = layer.geometry.patchSize
        let count = workspace.count(band)
        let first = workspace.count(0..<band.lowerBound) * channels + group * groupSize
        let patches = workspace.patches(band, group: group)
        Products.multiply(
            input + first,
            patches.elements,
            into: weightGradients + group * groupSize * patchSize,
            m: groupSize,
            n: patchSize,
            k: count,
            transposeLeft: true,
            keep: isFirst ? 0 : 1,
            leftStride: channels,
            rightStride: patches.stride
        )
        guard let inputGradient, let weights else { return }
        Products.multiply(
            patches.elements,
            weights,
            into: inputGradient + first,
            m: count,
            n: groupSize,
            k: patchSize,
            leftStride: patches.stride,
            resultStride: channels
        )
    }
}
