using ServerlessCqrs.LocalRuntime.Stack;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>
/// The entry point of the ClickHouse process. It does not load ASP.NET, for a fast start and little memory.
/// </summary>
internal static class ClickHouseProgram
{
    public static Task<int> Main(string[] args) => StartFailures.ReportAsync(() => ClickHouseHost.RunAsync(args), Console.Error);
}
