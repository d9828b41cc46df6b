internal import OddityNeuralNetworks

extension ImageDetector {
    /// The most pixels along a side of the pooled image.
    var pooledSide: Int {
        if case .convolutional = pixelNetwork { 64 } else { ImageGeometry.pooledSide }
    }

    /// Whether the network of pixels sees them from 0 to 1, as they are.
    var keepsPixelRange: Bool {
        if case .convolutional(let network) = pixelNetwork {
            network.keepsPixelRange
        } else {
            false
        }
    }

    /// Whether the errors of single pixels are needed.
    var keepsPixelMaps: Bool { measures == .pixels || pixelScore != PixelScore() }

    /// The channels of the layers of a convolutional network of pixels; none of a dense one.
    ///
    /// - Parameter shape: the size of the images.
    public func resolvedPixelChannels(for shape: ImageShape) -> [Int] {
        guard case .convolutional(let network) = pixelNetwork else { return [] }
        let geometry = ImageGeometry(shape, pooledSide: pooledSide)
        return network.resolvedChannels(for: geometry.pooledShape)
    }

    /// The network of pixels, where it is not one of dense layers.
    ///
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)`` for a network that is too large.
    func pixelDescription(of geometry: ImageGeometry) throws -> NetworkDescription? {
        guard case .convolutional(let network) = pixelNetwork else { return nil }
        return try network.description(for: geometry.pooledShape)
    }
}
