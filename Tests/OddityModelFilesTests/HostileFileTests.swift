import Testing

@testable import OddityModelFiles

/// Every kind of damage has its own error.
struct HostileFileTests {
    private typealias Entry = Forge.Entry

    private func code(_ change: (inout Forge) -> Void) -> ModelFileError.Code? {
        var forge = Forge()
        change(&forge)
        return readingCode(forge.bytes)
    }

    private func code(header: String) -> ModelFileError.Code? {
        readingCode(Forge.file(header: Array(header.utf8)))
    }

    @Test func theUnchangedForgeryIsRead() throws {
        let archive = try ModelArchive(decoding: Forge().bytes)
        #expect(try archive.values(of: "weights", shape: [2], as: Float.self) == [1, 2])
    }

    @Test func filesCutShort() {
        let whole = Forge().bytes
        #expect(readingCode([]) == .tooShort)
        #expect(readingCode(Array(whole.prefix(7))) == .tooShort)
        #expect(readingCode(Array(whole.prefix(8))) == .truncatedHeader)
        #expect(readingCode(Array(whole.prefix(40))) == .truncatedHeader)
        #expect(readingCode(Array(whole.dropLast())) == .truncatedData)
        #expect(readingCode(Array(whole.dropLast(8))) == .truncatedData)
    }

    @Test func headersOfImpossibleLength() {
        #expect(readingCode([UInt8](repeating: 255, count: 64)) == .headerLength)
        #expect(readingCode([UInt8](repeating: 0, count: 64)) == .headerLength)
        #expect(readingCode([1, 0, 0, 4, 0, 0, 0, 0, 0]) == .headerLength)
        #expect(readingCode([0, 0, 0, 4, 0, 0, 0, 0, 0]) == .truncatedHeader)
    }

    @Test(arguments: [
        "[]", "\"text\"", "12", "null", "{ ", "{}}", "{\"a\"}", "{\"a\":1}", "{\"a\":[]}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[01],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}",
        "{\"a\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"__metadata__\":{\"format\":1}}", "{\"__metadata__\":{\"a\":\"b\",}}",
        "{\"__metadata__\":{\"a\":\"tab\there\"}}", "{\"__metadata__\":{\"a\":\"\\x\"}}",
        "{\"__metadata__\":{\"a\":\"\\ud800\"}}", "{\"__metadata__\":{\"a\":\"\\udc00\"}}",
        "{\"__metadata__\":{\"a\":\"\\u12g4\"}}", "{\"__metadata__\":{\"a\":\"open",
        "{\"__metadata__\":{}} trailing", "  ",
    ])
    func headersThatAreNoSafetensorsHeaders(header: String) {
        #expect(code(header: header) == .malformedHeader)
    }

    @Test func deeplyNestedHeadersDoNotExhaustTheStack() {
        #expect(code(header: String(repeating: "{\"a\":", count: 200_000)) == .malformedHeader)
        #expect(
            code(header: "{\"a\":" + String(repeating: "[", count: 500_000)) == .malformedHeader
        )
    }

    @Test func headersThatAreNotText() {
        #expect(readingCode(Forge.file(header: [0x7B, 0xFF, 0xFE, 0x7D])) == .headerNotUTF8)
    }

    @Test func namesThatOccurTwice() {
        #expect(
            code {
                $0.entries = [
                    Entry(name: "w", begin: "0", end: "8"), Entry(name: "w", begin: "8", end: "8"),
                ]
            } == .duplicateName
        )
        #expect(code { $0.extraHeader = ",\"__metadata__\":{}" } == .duplicateName)
        #expect(code(header: "{\"__metadata__\":{\"a\":\"b\",\"a\":\"c\"}}") == .duplicateName)
        let twice =
            "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}"
        #expect(code(header: twice) == .duplicateName)
    }

    @Test func metadataThatIsNotAModels() {
        #expect(code(header: "{}") == .missingMetadata)
        #expect(code(header: "{\"__metadata__\":{}}") == .missingMetadata)
        #expect(code { $0.format = nil } == .missingMetadata)
        #expect(code { $0.version = nil } == .missingMetadata)
        #expect(code { $0.manifest = nil } == .missingMetadata)
        #expect(code { $0.format = "pt" } == .wrongFormat)
        #expect(code { $0.version = "3" } == .newerVersion)
        for version in ["0", "-1", "01", "one", "", "99999999999999999999"] {
            #expect(code { $0.version = version } == .malformedMetadata)
        }
    }

    @Test func aNewerVersionSaysToUpdate() {
        var forge = Forge()
        forge.version = "7"
        do {
            _ = try ModelArchive(decoding: forge.bytes)
            Issue.record("a newer version was read")
        } catch {
            #expect("\(error)".contains("update the program"))
            #expect("\(error)".contains("version 7"))
        }
    }

    @Test func tensorsOfUnknownType() {
        #expect(code { $0.entries[0].type = "BF16" } == .unknownElementType)
        #expect(code { $0.entries[0].type = "" } == .unknownElementType)
    }

    @Test(arguments: [
        "[-2]", "[4611686018427387904,4]", "[9223372036854775807]", "[99999999999999999999]",
        "[2,-1]",
    ])
    func impossibleShapes(shape: String) {
        #expect(code { $0.entries[0].shape = shape } == .invalidShape)
    }

    @Test func shapesThatDoNotFitTheirBytes() {
        #expect(code { $0.entries[0].shape = "[3]" } == .sizeMismatch)
        #expect(code { $0.entries[0].shape = "[]" } == .sizeMismatch)
        #expect(code { $0.entries[0].type = "F64" } == .sizeMismatch)
        #expect(code { $0.entries[0].shape = "[1000000000000]" } == .sizeMismatch)
    }

    @Test func hugeTensorsInSmallFilesAreNotAllocated() {
        let size = 1_000_000_000_000
        #expect(
            code {
                $0.entries[0].shape = "[\(size)]"
                $0.entries[0].end = "\(4 * size)"
            } == .truncatedData
        )
    }

    @Test func offsetsThatAreNotInTheFile() {
        #expect(
            code {
                $0.entries[0].begin = "8"
                $0.entries[0].end = "0"
            } == .offsetsOutOfRange
        )
        #expect(
            code {
                $0.entries[0].begin = "-8"
                $0.entries[0].end = "0"
            } == .offsetsOutOfRange
        )
        #expect(
            code {
                $0.entries[0].begin = "4000"
                $0.entries[0].end = "4008"
            } == .offsetsOutOfRange
        )
        #expect(
            code {
                $0.entries[0].begin = "-9223372036854775807"
                $0.entries[0].end = "9223372036854775807"
            } == .offsetsOutOfRange
        )
    }

    @Test func tensorsThatShareBytes() {
        #expect(
            code {
                $0.entries = [
                    Entry(name: "a", begin: "0", end: "8"),
                    Entry(name: "b", shape: "[1]", begin: "4", end: "8"),
                ]
            } == .overlappingTensors
        )
    }

    @Test func bytesThatBelongToNoTensor() {
        #expect(
            code {
                $0.entries = [Entry(name: "a", shape: "[1]", begin: "4", end: "8")]
            } == .hole
        )
        #expect(
            code {
                $0.entries = [
                    Entry(name: "a", shape: "[1]", begin: "0", end: "4"),
                    Entry(name: "b", shape: "[1]", begin: "8", end: "12"),
                ]
                $0.data += [0, 0, 0, 0]
            } == .hole
        )
        #expect(code { $0.data.append(0) } == .trailingBytes)
        #expect(code { $0.entries = [] } == .trailingBytes)
    }

    @Test func tensorsWithoutAName() {
        #expect(code { $0.entries[0].name = "" } == .malformedHeader)
    }

    @Test func weightsThatAreNotNumbers() {
        #expect(code { $0.data = [0, 0, 192, 127, 0, 0, 0, 64] } == .nonFiniteValue)
        #expect(code { $0.data = [0, 0, 0, 0, 0, 0, 128, 255] } == .nonFiniteValue)
        #expect(
            code {
                $0.entries[0] = Entry(name: "d", type: "F64", shape: "[1]", begin: "0", end: "8")
                $0.data = [0, 0, 0, 0, 0, 0, 240, 127]
            } == .nonFiniteValue
        )
    }

    @Test func editsAreNoticed() {
        let checksum = "00000000"
        #expect(code { $0.checksum = checksum } == .checksumMismatch)
        let whole = Forge().bytes
        var edited = whole
        edited[edited.count - 1] ^= 1
        #expect(readingCode(edited) == .checksumMismatch)
        var forge = Forge()
        forge.manifest = "{\"a\":1}"
        let text = String(decoding: forge.bytes, as: UTF8.self)
        #expect(readingCode(Array(text.replacing("1}", with: "2}").utf8)) != nil)
    }

    @Test func renamedTensorsAreNoticed() {
        var bytes = Forge().bytes
        if let start = bytes.firstRange(of: Array("weights".utf8)) {
            bytes.replaceSubrange(start, with: Array("Weights".utf8))
        }
        #expect(readingCode(bytes) == .checksumMismatch)
    }
}
