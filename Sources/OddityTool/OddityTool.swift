import OddityCommands

@main
enum OddityTool {
    static func main() {
        OddityCommand.start()
    }
}
