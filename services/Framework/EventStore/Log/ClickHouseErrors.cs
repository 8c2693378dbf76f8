using System.Net.Sockets;
using ClickHouse.Driver;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>Error codes of ClickHouse (<c>src/Common/ErrorCodes.cpp</c>), and which of them are transient.</summary>
internal static class ClickHouseErrors
{
    public const int UnknownTable = 60;
    public const int UnknownDatabase = 81;
    private const int AuthenticationFailed = 516;
    private const int WrongPassword = 193;
    private const int RequiredPassword = 194;

    // Too many queries or parts, memory, replica timeouts, and a table that another process is creating.
    private static readonly int[] Passing = [57, 82, 159, 202, 203, 209, 210, 241, 242, 252, 279, 285, 319, 999];

    /// <summary>
    /// Returns true when the connection failed or the server is busy: the same call may succeed a moment later.
    /// </summary>
    public static bool MayPass(Exception e) => e switch
    {
        ClickHouseServerException server => Passing.Contains(server.ErrorCode),
        HttpRequestException or IOException or SocketException => true,
        _ => e.InnerException is { } inner && MayPass(inner),
    };

    public static bool IsAuthentication(Exception e) => e is ClickHouseServerException { ErrorCode: AuthenticationFailed or WrongPassword or RequiredPassword };
}
