/// What a transposed convolution is, without its numbers;
/// ``LayerDescription/transposedConvolution(_:)`` says what it does.
public struct TransposedConvolution: Codable, Hashable, Sendable {
    /// The channels of the output.
    public var channels: Int
    /// The points of the output that an input reaches, along each axis.
    public var kernel: PerAxis
    /// The points from one input's window on the output to the next one's.
    public var stride: PerAxis
    /// The points that are cut off on both sides of the output.
    public var padding: PerAxis
    /// The points that the output has more at the end, below the larger of stride and dilation.
    public var outputPadding: PerAxis
    /// The points from one point of a window to the next.
    public var dilation: PerAxis
    /// The parts that the channels are cut into; each part of the output sees its part of the input.
    public var groups: Int
    /// Whether a number is added to each output channel.
    public var useBias: Bool

    /// Describes a transposed convolution: stride, dilation and groups 1, no padding, and a bias by
    /// default.
    public init(
        channels: Int,
        kernel: PerAxis,
        stride: PerAxis = 1,
        padding: PerAxis = 0,
        outputPadding: PerAxis = 0,
        dilation: PerAxis = 1,
        groups: Int = 1,
        useBias: Bool = true
    ) {
        self.channels = channels
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.outputPadding = outputPadding
        self.dilation = dilation
        self.groups = groups
        self.useBias = useBias
    }
}
