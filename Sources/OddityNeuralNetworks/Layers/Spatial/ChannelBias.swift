internal import COddityKernels
internal import OddityLinearAlgebra

/// What follows the products of a convolution: a number added to each channel, and an activation.
///
/// The bias is repeated along a line of the image, so that loops are long whatever the channels.
final class ChannelBias {
    private let activation: Activation
    private let plane: Plane
    private let channels: Int
    private let offset: Int?
    private let line: AlignedBuffer

    /// - Parameter offset: where the bias begins among the parameters, nil without one.
    init(plane: Plane, channels: Int, offset: Int?, activation: Activation?) {
        self.activation = activation ?? .identity
        self.plane = plane
        self.channels = channels
        self.offset = offset
        line = AlignedBuffer(count: offset == nil ? 0 : plane.width * channels)
    }

    /// Takes the bias for the next images.
    func prepare(_ parameters: UnsafePointer<Float>) {
        guard let offset else { return }
        for x in 0..<plane.width {
            (line.baseAddress + x * channels).update(from: parameters + offset, count: channels)
        }
    }

    /// y = f(z + b) for one image.
    func apply(_ z: UnsafeMutablePointer<Float>, into y: UnsafeMutablePointer<Float>) {
        guard offset != nil || activation != .identity || z != y else { return }
        oddity_bias_activation(
            activation.kernel,
            activation.slope,
            offset == nil ? nil : UnsafePointer(line.baseAddress),
            z,
            y,
            plane.height,
            plane.width * channels
        )
    }

    /// Begins to sum the bias's gradient.
    func prepareGradient() {
        guard offset != nil else { return }
        line.baseAddress.update(repeating: 0, count: plane.width * channels)
    }

    /// Turns the gradient by y into that by z + b, for one image.
    func applyGradient(
        _ gradient: UnsafeMutablePointer<Float>,
        z: UnsafePointer<Float>?,
        y: UnsafePointer<Float>
    ) {
        let length = plane.width * channels
        oddity_activation_gradient(
            activation.kernel,
            activation.slope,
            z,
            y,
            gradient,
            plane.height * length
        )
        guard offset != nil else { return }
        oddity_add_column_sums(gradient, line.baseAddress, plane.height, length)
    }

    /// Writes the bias's gradient.
    func finishGradient(_ gradients: UnsafeMutablePointer<Float>) {
        guard let offset else { return }
        let sums = gradients + offset
        sums.update(repeating: 0, count: channels)
        oddity_add_column_sums(line.baseAddress, sums, plane.width, channels)
    }
}
