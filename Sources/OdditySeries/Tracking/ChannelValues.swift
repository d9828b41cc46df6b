/// One value of every channel of a row: numbers, and texts of categories.
struct ChannelValues: Equatable, Sendable {
    /// NaN where missing.
    var numbers: [Double]
    /// nil where missing.
    var texts: [String?]
}

extension ChannelValues: Codable {
    private enum CodingKeys: String, CodingKey {
        case numbers, texts
    }

    // JSON has no NaN.

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        numbers = try container.decode([Double?].self, forKey: .numbers).map { $0 ?? .nan }
        texts = try container.decode([String?].self, forKey: .texts)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(numbers.map { $0.isNaN ? nil : $0 }, forKey: .numbers)
        try container.encode(texts, forKey: .texts)
    }
}
