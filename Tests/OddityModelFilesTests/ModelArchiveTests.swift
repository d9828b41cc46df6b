import OddityModelFiles
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct ModelArchiveTests {
    private func code(_ body: () throws -> Void) -> ModelFileError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? ModelFileError)?.code
        }
    }

    @Test func everythingSurvivesTheRoundTrip() throws {
        let archive = try sampleArchive()
        let copy = try ModelArchive(decoding: archive.encoded())
        #expect(copy == archive)
        #expect(copy.tensors.map(\.name) == archive.tensors.map(\.name))
        #expect(try copy.manifest(as: SampleManifest.self) == SampleManifest())
        #expect(try copy.values(of: "mean", shape: [2]) == [Double.pi, -1e300])
        #expect(try copy.values(of: "count", shape: [], as: Int64.self) == [.min])
    }

    @Test func theManifestIsKeptByteForByte() throws {
        let text = Data("{ \"b\": 1.10,\n\t\"a\": \"\\u00e9\" }".utf8)
        let copy = try ModelArchive(decoding: ModelArchive(manifest: text, tensors: []).encoded())
        #expect(copy.manifest == text)
        #expect(copy.tensors.isEmpty)
    }

    @Test func sameContentSameBytes() throws {
        #expect(try sampleArchive().encoded() == sampleArchive().encoded())
    }

    @Test func dataStartsAtAMultipleOfEight() throws {
        for length in 0..<9 {
            let manifest = Data("\"\(String(repeating: "x", count: length))\"".utf8)
            let bytes = try ModelArchive(manifest: manifest, tensors: []).encoded()
            #expect(bytes.count % 8 == 0)
        }
    }

    @Test func requestsAreChecked() throws {
        let archive = try sampleArchive()
        #expect(code { _ = try archive.tensor(named: "none") } == .missingTensor)
        #expect(code { _ = try archive.values(of: "mean", as: Float.self) } == .wrongElementType)
        #expect(
            code { _ = try archive.values(of: "mean", shape: [1, 2], as: Double.self) }
                == .wrongShape
        )
        #expect(code { _ = try archive.manifest(as: [Int].self) } == .malformedManifest)
        struct Other: Decodable { var missing: Int }
        do {
            _ = try archive.manifest(as: Other.self)
        } catch {
            #expect("\(error)".contains("no “missing”"))
        }
    }

    @Test func unusableContentIsRefusedBeforeWriting() throws {
        #expect(code { _ = try Tensor(name: "", values: [Float(1)]) } == .malformedHeader)
        #expect(
            code { _ = try Tensor(name: "__metadata__", values: [Float(1)]) } == .malformedHeader
        )
        #expect(code { _ = try Tensor(name: "a", values: [1, Float.nan]) } == .nonFiniteValue)
        #expect(code { _ = try Tensor(name: "a", values: [-Double.infinity]) } == .nonFiniteValue)
        #expect(code { _ = try Tensor(name: "a", shape: [2], values: [Float(1)]) } == .sizeMismatch)
        #expect(
            code { _ = try Tensor(name: "a", shape: [-1], values: [Float(1)]) } == .invalidShape
        )
        let twin = try Tensor(name: "a", values: [Float(1)])
        #expect(
            code { _ = try ModelArchive(manifest: Data(), tensors: [twin, twin]) } == .duplicateName
        )
        #expect(
            code { _ = try ModelArchive(manifest: Data([0xFF]), tensors: []) } == .malformedManifest
        )
        #expect(
            code { _ = try ModelArchive(encoding: [Double.nan], tensors: []) } == .malformedManifest
        )
        let long = Data(repeating: 0x20, count: ModelArchive.headerLimit)
        #expect(
            code { _ = try ModelArchive(manifest: long, tensors: []).encoded() } == .headerLength
        )
    }

    @Test func messagesStayOnOneLineWhateverTheFileSays() throws {
        let name = "evil\n\u{1B}[31m\u{202E}name" + String(repeating: "x", count: 10_000)
        do {
            _ = try ModelArchive(manifest: Data(), tensors: []).tensor(named: name)
        } catch {
            let text = "\(error)"
            #expect(text.count < 400)
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E })
        }
    }
}
