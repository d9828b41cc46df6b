/// Two sizes of an image, or two steps on it; a series is one high.
struct Plane: Hashable, Sendable {
    var height: Int
    var width: Int

    var count: Int { height * width }

    /// The plane of a shape that is not flat.
    init(of shape: Shape) {
        height = shape.extents.count == 1 ? 1 : shape.sizes[0]
        width = shape.extents[shape.extents.count - 1]
    }

    init(_ values: PerAxis, axisCount: Int, flat: Int) {
        (height, width) = values.plane(axisCount: axisCount, flat: flat)
    }

    init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }
}

/// Where the windows of a kernel lie on an image, and how they are taken from it.
struct WindowGeometry: Hashable, Sendable {
    /// The image that the windows lie on.
    let image: Plane
    let channels: Int
    /// The number of windows down and across.
    let windows: Plane
    let kernel: Plane
    let stride: Plane
    let dilation: Plane
    /// The zeros above and to the left of the image.
    let start: Plane
    let groups: Int

    /// The points that a window reaches over.
    static func reach(kernel: Plane, dilation: Plane) -> Plane {
        Plane(
            height: dilation.height * (kernel.height - 1) + 1,
            width: dilation.width * (kernel.width - 1) + 1
        )
    }

    /// The image with the zeros that windows meet.
    var padded: Plane {
        let reach = WindowGeometry.reach(kernel: kernel, dilation: dilation)
        return Plane(
            height: max(
                start.height + image.height,
                (windows.height - 1) * stride.height + reach.height
            ),
            width: max(start.width + image.width, (windows.width - 1) * stride.width + reach.width)
        )
    }

    var isPadded: Bool { padded != image }
    /// Whether each window is a point, so that there is nothing to gather.
    var isPointwise: Bool { kernel.count == 1 && windows == image && !isPadded }
    var groupChannels: Int { channels / groups }
    /// The numbers in a window of one group.
    var patchSize: Int { kernel.count * groupChannels }
    var imageSize: Int { image.count * channels }

    /// The rows of windows that are gathered at a time: a block of patches of at most 128 KiB, or one row.
    ///
    /// It depends on the sizes alone, and a block never spans two images: an image's result has the
    /// same bits whatever stands beside it.
    var bandHeight: Int { max(1, min(windows.height, 32_768 / (windows.width * patchSize))) }
}

extension WindowGeometry {
    /// The windows of a valid convolution.
    init(_ layer: Convolution, on shape: Shape) {
        let axisCount = shape.extents.count
        image = Plane(of: shape)
        channels = shape.channels
        kernel = Plane(layer.kernel, axisCount: axisCount, flat: 1)
        stride = Plane(layer.stride, axisCount: axisCount, flat: 1)
        dilation = Plane(layer.dilation, axisCount: axisCount, flat: 1)
        groups = layer.groups
        let reach = WindowGeometry.reach(kernel: kernel, dilation: dilation)
        var end: Plane
        switch layer.padding {
        case .zeros(let zeros):
            start = Plane(zeros, axisCount: axisCount, flat: 0)
            end = start
        case .causal:
            start = Plane(height: 0, width: reach.width - 1)
            end = Plane(height: 0, width: 0)
        }
        end.height += start.height + image.height - reach.height
        end.width += start.width + image.width - reach.width
        windows = Plane(
            height: WindowGeometry.count(room: end.height, stride: stride.height),
            width: WindowGeometry.count(room: end.width, stride: stride.width)
        )
    }

    /// The windows of a valid transposed convolution, which lie on its output.
    init(_ layer: TransposedConvolution, from shape: Shape) {
        let axisCount = shape.extents.count
        windows = Plane(of: shape)
        channels = layer.channels
        kernel = Plane(layer.kernel, axisCount: axisCount, flat: 1)
        stride = Plane(layer.stride, axisCount: axisCount, flat: 1)
        dilation = Plane(layer.dilation, axisCount: axisCount, flat: 1)
        start = Plane(layer.padding, axisCount: axisCount, flat: 0)
        groups = layer.groups
        let reach = WindowGeometry.reach(kernel: kernel, dilation: dilation)
        let more = Plane(layer.outputPadding, axisCount: axisCount, flat: 0)
        image = Plane(
            height: (windows.height - 1) * stride.height - 2 * start.height + reach.height
                + more.height,
            width: (windows.width - 1) * stride.width - 2 * start.width + reach.width + more.width
        )
    }

    /// The windows of a valid pooling layer.
    init(_ layer: Pooling, on shape: Shape) {
        self.init(
            Convolution(
                channels: shape.channels,
                kernel: layer.kernel,
                stride: layer.stride,
                padding: .zeros(layer.padding)
            ),
            on: shape
        )
    }

    /// The windows that fit where the first one may move on by `room` points; 0 if none fits.
    private static func count(room: Int, stride: Int) -> Int {
        room < 0 ? 0 : room / stride + 1
    }
}
