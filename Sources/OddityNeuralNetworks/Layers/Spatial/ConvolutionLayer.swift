internal import OddityLinearAlgebra

/// Patches times weights: y = f(PW + b), where a row of P is a window of the image.
struct ConvolutionLayer: Layer {
    let geometry: WindowGeometry
    let outputChannels: Int
    let useBias: Bool
    /// The kernel's sizes as they are stored, without a height for series.
    let kernelShape: [Int]

    init(_ layer: Convolution, on shape: Shape) {
        geometry = WindowGeometry(layer, on: shape)
        outputChannels = layer.channels
        useBias = layer.useBias
        kernelShape = Array(
            [geometry.kernel.height, geometry.kernel.width].suffix(shape.extents.count)
        )
    }

    var inputSize: Int { geometry.imageSize }
    var outputSize: Int { geometry.windows.count * outputChannels }
    var canFuseActivation: Bool { true }
    var isSpatial: Bool { true }
    var parameterShapes: [(name: String, shape: [Int])] {
        [("weight", kernelShape + [geometry.groupChannels, outputChannels])]
            + (useBias ? [("bias", [outputChannels])] : [])
    }
    var reusedMultiplications: Int {
        (geometry.windows.count - 1) * geometry.patchSize * outputChannels
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        use.fill(
            tensors,
            inputSize: geometry.patchSize,
            outputSize: geometry.kernel.count * outputChannels / geometry.groups
        )
    }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedConvolution(self, place) }
}

final class PlannedConvolution: PlannedLayer {
    private let layer: ConvolutionLayer
    private let workspace: WindowWorkspace
    private let bias: ChannelBias
    private let weightOffset: Int
    /// Nil in scoring.
    private let transposedWeights: TransposedWeights?
    private let outputs: AlignedBuffer
    private let preactivations: AlignedBuffer?

    let output: UnsafeMutablePointer<Float>
    var preactivation: UnsafeMutablePointer<Float>? { preactivations?.baseAddress }

    init(_ layer: ConvolutionLayer, _ place: LayerPosition) {
        self.layer = layer
        workspace = WindowWorkspace(layer.geometry)
        bias = ChannelBias(
            plane: layer.geometry.windows,
            channels: layer.outputChannels,
            offset: layer.useBias ? place.parameterOffsets[1] : nil,
            activation: place.fusedActivation
        )
        weightOffset = place.parameterOffsets[0]
        transposedWeights =
            place.keepsAllOutputs
            ? nil
            : TransposedWeights(
                groups: layer.geometry.groups,
                rowCount: layer.geometry.patchSize,
                columnCount: layer.outputChannels / layer.geometry.groups
            )
        let count = place.rowCapacity * layer.outputSize
        outputs = AlignedBuffer(count: count)
        preactivations = place.keepsPreactivation ? AlignedBuffer(count: count) : nil
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let geometry = layer.geometry
        let channels = layer.outputChannels
        let groupSize = channels / geometry.groups
        bias.prepare(pass.parameters)
        for row in 0..<rowCount {
            let z = (preactivation ?? output) + row * layer.outputSize
            workspace.read(input + row * layer.inputSize)
            for band in workspace.bands {
                let first = workspace.count(0..<band.lowerBound) * channels
                for group in 0..<geometry.groups {
                    let patches = workspace.patches(band, group: group)
                    Products.multiply(
                        patches.elements,
                        pass.parameters + weightOffset + group * groupSize,
                        into: z + first + group * groupSize,
                        m: workspace.count(band),
                        n: groupSize,
                        k: geometry.patchSize,
                        leftStride: patches.stride,
                        rightStride: channels,
                        resultStride: channels
                    )
                }
            }
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
            let target = inputGradient.map { $0 + row * layer.inputSize }
            workspace.read(input + row * layer.inputSize)
            if let target { workspace.beginWriting(to: target) }
            for band in workspace.bands {
                for group in 0..<layer.geometry.groups {
                    backward(
                        band,
                        group,
                        gradient: g,
                        weights: weights?.group(group),
                        weightGradients: gradients + weightOffset,
                        isFirst: row == 0 && band.lowerBound == 0
                    )
                }
            }
            if let target { workspace.endWriting(to: target) }
        }
        bias.finishGradient(gradients)
    }

    private func transposed(_ weights: UnsafePointer<Float>) -> TransposedWeights? {
        let groupSize = layer.outputChannels / layer.geometry.groups
        for group in 0..<layer.geometry.groups {
            transposedWeights?.update(
                group: group,
                from: weights + group * groupSize,
                stride: layer.outputChannels
            )
        }
        return transposedWeights
    }

    /// The part of one group and some rows of windows: Pᵀg for the weights, and gWᵀ for the windows
    /// where the transposed weights are given.
    private func backward(
        _ band: Range<Int>,
        _ group: Int,
        gradient: UnsafePointer<Float>,
        weights: UnsafePointer<Float>?,
        weightGradients: UnsafeMutablePointer<Float>,
        isFirst: Bool
    ) {
        let channels = layer.outputChannels
        let groupSize = channels / layer.geometry.groups
        let patchSize = layer.geometry.patchSize
        let count = workspace.count(band)
        let g = gradient + workspace.count(0..<band.lowerBound) * channels + group * groupSize
        let patches = workspace.patches(band, group: group)
        Products.multiply(
            patches.elements,
            g,
            into: weightGradients + group * groupSize,
            m: patchSize,
            n: groupSize,
            k: count,
            transposeLeft: true,
            keep: isFirst ? 0 : 1,
            leftStride: patches.stride,
            rightStride: channels,
            resultStride: channels
        )
        guard let weights else { return }
        let block = workspace.block(band, group: group)
        Products.multiply(
            g,
            weights,
            into: block.elements,
            m: count,
            n: patchSize,
            k: groupSize,
            leftStride: channels,
            resultStride: block.stride
        )
        workspace.add(band, group: group)
    }
}
