import Foundation
import OddityImages
import Testing

/// PNG files whose header asks for more than there can be.
@Suite struct PNGSizeTests {
    /// A file that has nothing but a header.
    private func file(width: UInt32, height: UInt32) -> [UInt8] {
        func number(_ value: UInt32) -> [UInt8] {
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        }
        // 16 bits of red, green, blue and alpha; the checksum is never looked at.
        let header = Array("IHDR".utf8) + number(width) + number(height) + [16, 6, 0, 0, 0]
        return [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + number(13) + header + number(0)
    }

    @Test(arguments: [
        (0x7FFF_FFFF, 1), (1, 0x7FFF_FFFF), (0xFFFF_FFFF, 0xFFFF_FFFF), (40_000, 40_000),
    ])
    func areRefusedBeforeMemoryIsTaken(_ width: Int, _ height: Int) throws {
        let folder = try ImageFolder()
        let bytes = file(width: UInt32(width), height: UInt32(height))
        let path = try folder.write(bytes, as: "wide.png")
        let before = peak()
        #expect(try code { _ = try read(path) } == .tooManyPixels)
        #expect(peak() - before < 200_000)
    }

    /// The most memory that the process has had, in kilobytes where the system has `/proc`.
    private func peak() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
