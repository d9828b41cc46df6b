/// How ``LayerDescription/upsampling(factor:interpolation:)`` finds the numbers between points.
public enum Interpolation: String, Codable, CaseIterable, Sendable {
    /// Each point is repeated.
    case nearest
    /// Straight lines between the centres of neighbouring points, and the border's number beyond it
    /// (`align_corners=False` in PyTorch); on an image along both axes.
    case linear
}
