import Foundation
import OddityDetectors
import OddityModelFiles

/// The reader of models: of bytes as they are, and with their checksum made right.
enum ModelFuzzing {
    static func run(_ bytes: [UInt8]) {
        do {
            try use(Model(decoding: bytes))
        } catch let error as ModelFileError where error.code == .checksumMismatch {
            guard let sealed = sealed(bytes, by: error) else { return }
            if let model = try? Model(decoding: sealed) { use(model) }
        } catch {}
    }

    /// The bytes with the checksum that the error has computed in the place of theirs.
    private static func sealed(_ bytes: [UInt8], by error: ModelFileError) -> [UInt8]? {
        guard let opening = error.message.range(of: "("),
            let computed = error.message[opening.upperBound...].split(separator: ",").first
        else { return nil }
        let mark = Array("\"checksum\":\"".utf8)
        guard let place = bytes.firstRange(of: mark) else { return nil }
        let value = place.upperBound..<place.upperBound + computed.utf8.count
        guard value.upperBound <= bytes.count else { return nil }
        var sealed = bytes
        sealed.replaceSubrange(value, with: computed.utf8)
        return sealed
    }

    private static func use(_ model: Model) {
        precondition(model.detector.memberCount > 0, "a model without members")
        precondition("\(model.detector.decision.rule)".isEmpty == false, "a rule without words")
    }
}
