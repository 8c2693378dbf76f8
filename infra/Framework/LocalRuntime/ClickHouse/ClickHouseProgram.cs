using ServerlessCqrs.LocalRuntime.Stack;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>ClickHouse's own process. It loads nothing of ASP.NET, so that it starts fast and stays small.</summary>
internal static class ClickHouseProgram
{
    public static Task<int> Main(string[] args) => StartFailures.ReportAsync(() => ClickHouseHost.RunAsync(args), Console.Error);
}
