using System.Data.Common;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>Where the log's ClickHouse is, and how to talk to it.</summary>
/// <param name="ConnectionString">ADO.NET, as ClickHouse.Driver reads it (<c>Host=…;Port=…;Database=…</c>). The database is created where it is missing.</param>
/// <param name="Password">Asked for at the first call, and again when ClickHouse refuses the one it had, which is how a rotated one is found; null, or a null answer, leaves the connection string's.</param>
/// <param name="Replicated">For a cluster whose tables are replicated: an insert is acknowledged by a quorum, and a read sees every insert acknowledged before it. Off for a single server and for ClickHouse Cloud, which does so by itself.</param>
public sealed record ClickHouseOptions(
    string ConnectionString,
    Func<CancellationToken, Task<string?>>? Password = null,
    bool Replicated = false)
{
    /// <summary>How long one insert or one bounded read may take, its retries included. Streamed reads have no end of their own.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The options of a server whose URL carries its user and password, as <c>ready.json</c> of a local stack has it.</summary>
    public static ClickHouseOptions At(Uri server, string database)
    {
        var (connection, password) = Parts(server, database);
        return new ClickHouseOptions(connection, password is null ? null : _ => Task.FromResult<string?>(password));
    }

    /// <summary>The connection string of such a server, without its password, and the password; null when the URL has none.</summary>
    public static (string ConnectionString, string? Password) Parts(Uri server, string database)
    {
        var login = server.UserInfo.Split(':', 2);
        var connection = new DbConnectionStringBuilder { ["Host"] = server.Host, ["Port"] = server.Port, ["Database"] = database };
        if (server.Scheme == Uri.UriSchemeHttps) connection["Protocol"] = server.Scheme;
        if (login[0].Length > 0) connection["Username"] = Uri.UnescapeDataString(login[0]);
        return (connection.ConnectionString, login is [_, { Length: > 0 } password] ? Uri.UnescapeDataString(password) : null);
    }
}
