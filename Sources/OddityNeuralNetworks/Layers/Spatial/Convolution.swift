/// What a convolution is, without its numbers; ``LayerDescription/convolution(_:)`` says what it does.
public struct Convolution: Codable, Hashable, Sendable {
    /// The channels of the output.
    public var channels: Int
    /// The points that an output sees, along each axis.
    public var kernel: PerAxis
    /// The points from one output's window to the next one's.
    public var stride: PerAxis
    /// The zeros around the input.
    public var padding: Padding
    /// The points from one point of a window to the next.
    public var dilation: PerAxis
    /// The parts that the channels are cut into; each part of the output sees its part of the input.
    public var groups: Int
    /// Whether a number is added to each output channel.
    public var useBias: Bool

    /// Describes a convolution: stride, dilation and groups 1, no padding, and a bias by default.
    public init(
        channels: Int,
        kernel: PerAxis,
        stride: PerAxis = 1,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        groups: Int = 1,
        useBias: Bool = true
    ) {
        self.channels = channels
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.groups = groups
        self.useBias = useBias
    }
}
