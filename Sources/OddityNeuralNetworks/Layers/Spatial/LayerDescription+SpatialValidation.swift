extension LayerDescription {
    /// Checks that a spatial layer fits its input, and that its output is possible.
    ///
    /// All numbers are checked before any are multiplied.
    func validateSpatial(at index: Int, input: Shape) throws {
        let check = SpatialCheck(input: input, layer: index)
        switch self {
        case .convolution(let layer):
            try check.hasPoints()
            try check.count("the number of channels", layer.channels)
            try check.numbers("the kernel", layer.kernel)
            try check.numbers("the stride", layer.stride)
            try check.numbers("the dilation", layer.dilation)
            try check.groups(layer.groups, outputChannels: layer.channels)
            switch layer.padding {
            case .zeros(let zeros): try check.numbers("the padding", zeros, from: 0)
            case .causal:
                guard input.extents.count == 1 else { throw NetworkError.causalImage(layer: index) }
            }
            try check.windows(WindowGeometry(layer, on: input))
        case .transposedConvolution(let layer):
            try check.hasPoints()
            try check.count("the number of channels", layer.channels)
            try check.numbers("the kernel", layer.kernel)
            try check.numbers("the stride", layer.stride)
            try check.numbers("the dilation", layer.dilation)
            try check.groups(layer.groups, outputChannels: layer.channels)
            try check.numbers("the padding", layer.padding, from: 0)
            try check.numbers("the output padding", layer.outputPadding, from: 0) { axis in
                max(layer.stride[axis], layer.dilation[axis]) - 1
            }
            try check.windows(WindowGeometry(layer, from: input))
        case .maximumPooling(let layer), .averagePooling(let layer):
            try check.hasPoints()
            try check.numbers("the kernel", layer.kernel)
            try check.numbers("the stride", layer.stride)
            try check.numbers("the padding", layer.padding, from: 0) { layer.kernel[$0] / 2 }
            try check.windows(WindowGeometry(layer, on: input), isPooling: true)
        case .upsampling(let factor, _):
            try check.hasPoints()
            try check.numbers("the factor", factor)
        case .reshape(let shape):
            guard shape.isPossible else { throw NetworkError.shape(shape, layer: index) }
            guard shape.count == input.count else {
                throw NetworkError.reshape(shape, found: input, layer: index)
            }
        default:
            break
        }
    }
}

/// The checks of one layer.
private struct SpatialCheck {
    let input: Shape
    let layer: Int

    func hasPoints() throws {
        guard !input.isFlat else { throw NetworkError.flatInput(input.count, layer: layer) }
    }

    func count(
        _ name: String,
        _ value: Int,
        from low: Int = 1,
        to high: Int = NetworkDescription.sizeLimit
    ) throws {
        let range = low...max(low, high)
        guard range.contains(value) else {
            throw NetworkError.count(name: name, value: value, range: range, layer: layer)
        }
    }

    func numbers(
        _ name: String,
        _ values: PerAxis,
        from low: Int = 1,
        to high: (Int) -> Int = { _ in NetworkDescription.sizeLimit }
    ) throws {
        let axisCount = input.extents.count
        guard values.fits(axisCount: axisCount) else {
            throw NetworkError.axisCount(
                name: name,
                found: values.values.count,
                axisCount: axisCount,
                layer: layer
            )
        }
        for axis in 0..<axisCount {
            try count(name, values[axis], from: low, to: high(axis))
        }
    }

    func groups(_ groups: Int, outputChannels: Int) throws {
        guard groups >= 1, input.channels % groups == 0, outputChannels % groups == 0 else {
            throw NetworkError.groups(
                groups,
                inputChannels: input.channels,
                outputChannels: outputChannels,
                layer: layer
            )
        }
    }

    /// Numbers up to 2²⁰ make sums and products of two that fit.
    func windows(_ geometry: WindowGeometry, isPooling: Bool = false) throws {
        guard geometry.windows.height > 0, geometry.windows.width > 0,
            geometry.image.height > 0, geometry.image.width > 0
        else { throw NetworkError.noOutput(input, layer: layer) }
        let padded = Shape.image(
            height: geometry.padded.height,
            width: geometry.padded.width,
            channels: geometry.channels
        )
        guard padded.count <= 4 * NetworkDescription.shapedSizeLimit else {
            throw NetworkError.paddedShape(padded, layer: layer)
        }
        // A kernel is no larger than the padded image, so these products fit.
        let taps =
            isPooling
            ? geometry.windows.count * geometry.kernel.count
            : geometry.windows.width * geometry.patchSize
        guard taps <= NetworkDescription.shapedSizeLimit else {
            throw NetworkError.windowMemory(taps, layer: layer)
        }
    }
}
