extension NetworkDescription: Codable {
    private enum Key: String, CodingKey {
        case inputSize, inputShape, layers
    }

    /// Reads a description whose input has a size or a shape.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let layers = try values.decode([LayerDescription].self, forKey: .layers)
        if let shape = try values.decodeIfPresent(Shape.self, forKey: .inputShape) {
            self.init(inputShape: shape, layers: layers)
        } else {
            self.init(inputSize: try values.decode(Int.self, forKey: .inputSize), layers: layers)
        }
    }

    /// Writes the size of a flat input, or the shape of another.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        if inputShape.isFlat {
            try values.encode(inputSize, forKey: .inputSize)
        } else {
            try values.encode(inputShape, forKey: .inputShape)
        }
        try values.encode(layers, forKey: .layers)
    }
}
