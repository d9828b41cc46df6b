extension LayerDescription {
    /// A ``convolution(_:)`` written in one go.
    public static func convolution(
        channels: Int,
        kernel: PerAxis,
        stride: PerAxis = 1,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        groups: Int = 1,
        useBias: Bool = true
    ) -> LayerDescription {
        .convolution(
            Convolution(
                channels: channels,
                kernel: kernel,
                stride: stride,
                padding: padding,
                dilation: dilation,
                groups: groups,
                useBias: useBias
            )
        )
    }

    /// A ``transposedConvolution(_:)`` written in one go.
    public static func transposedConvolution(
        channels: Int,
        kernel: PerAxis,
        stride: PerAxis = 1,
        padding: PerAxis = 0,
        outputPadding: PerAxis = 0,
        dilation: PerAxis = 1,
        groups: Int = 1,
        useBias: Bool = true
    ) -> LayerDescription {
        .transposedConvolution(
            TransposedConvolution(
                channels: channels,
                kernel: kernel,
                stride: stride,
                padding: padding,
                outputPadding: outputPadding,
                dilation: dilation,
                groups: groups,
                useBias: useBias
            )
        )
    }

    /// A ``maximumPooling(_:)`` written in one go; windows stand side by side by default.
    public static func maximumPooling(
        kernel: PerAxis,
        stride: PerAxis? = nil,
        padding: PerAxis = 0
    ) -> LayerDescription {
        .maximumPooling(Pooling(kernel: kernel, stride: stride, padding: padding))
    }

    /// An ``averagePooling(_:)`` written in one go; windows stand side by side by default.
    public static func averagePooling(
        kernel: PerAxis,
        stride: PerAxis? = nil,
        padding: PerAxis = 0
    ) -> LayerDescription {
        .averagePooling(Pooling(kernel: kernel, stride: stride, padding: padding))
    }

    /// The shape of a spatial layer's output for a shape that it fits.
    func spatialOutputShape(of input: Shape) -> Shape? {
        switch self {
        case .reshape(let shape):
            return shape
        case .flatten:
            return .flat(input.count)
        case .convolution(let layer):
            return input.with(WindowGeometry(layer, on: input).windows, channels: layer.channels)
        case .transposedConvolution(let layer):
            return input.with(WindowGeometry(layer, from: input).image, channels: layer.channels)
        case .maximumPooling(let layer), .averagePooling(let layer):
            return input.with(WindowGeometry(layer, on: input).windows, channels: input.channels)
        case .upsampling(let factor, _):
            let factors = Plane(factor, axisCount: input.extents.count, flat: 1)
            let plane = Plane(of: input)
            return input.with(
                Plane(height: plane.height * factors.height, width: plane.width * factors.width),
                channels: input.channels
            )
        default:
            return nil
        }
    }
}

extension Shape {
    /// A shape of as many axes with other extents and channels.
    fileprivate func with(_ plane: Plane, channels: Int) -> Shape {
        extents.count == 1
            ? .series(length: plane.width, channels: channels)
            : .image(height: plane.height, width: plane.width, channels: channels)
    }
}
