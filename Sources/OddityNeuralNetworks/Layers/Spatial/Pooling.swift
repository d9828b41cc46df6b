/// The windows of a pooling layer: ``LayerDescription/maximumPooling(_:)`` and
/// ``LayerDescription/averagePooling(_:)``.
public struct Pooling: Codable, Hashable, Sendable {
    /// The points of a window, along each axis.
    public var kernel: PerAxis
    /// The points from one window to the next.
    public var stride: PerAxis
    /// The points by which windows may stand out on both sides, at most half a window.
    public var padding: PerAxis

    /// Describes windows that stand side by side unless a stride is given.
    public init(kernel: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0) {
        self.kernel = kernel
        self.stride = stride ?? kernel
        self.padding = padding
    }
}
