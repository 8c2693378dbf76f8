using System.Data.Common;

namespace ServerlessCqrs.EventStore.Log;

/// <param name="ConnectionString">An ADO.NET connection string for ClickHouse.Driver (<c>Host=…;Port=…;Database=…</c>).
/// A missing database is created.</param>
/// <param name="Password">Called before the first call, and again when ClickHouse refuses the password, which happens
/// after a rotation. If it is null or returns null, the connection string's password is used.</param>
/// <param name="Replicated">True for a cluster with replicated tables: a quorum acknowledges each insert, and a read
/// sees every acknowledged insert. False for a single server, and for ClickHouse Cloud, which does this by
/// default.</param>
public sealed record ClickHouseOptions(
    string ConnectionString,
    Func<CancellationToken, Task<string?>>? Password = null,
    bool Replicated = false)
{
    /// <summary>
    /// The timeout of one insert or one bounded read, including retries. Streamed reads have no timeout.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Creates options from a server URL with user and password, as in the <c>ready.json</c> of a local stack.
    /// </summary>
    public static ClickHouseOptions At(Uri server, string database)
    {
        var (connection, password) = Parts(server, database);
        return new ClickHouseOptions(connection, password is null ? null : _ => Task.FromResult<string?>(password));
    }

    /// <summary>
    /// Splits such a URL into a connection string without the password and the password. The password is null when the
    /// URL has none.
    /// </summary>
    public static (string ConnectionString, string? Password) Parts(Uri server, string database)
    {
        var login = server.UserInfo.Split(':', 2);
        var connection = new DbConnectionStringBuilder { ["Host"] = server.Host, ["Port"] = server.Port, ["Database"] = database };
        if (server.Scheme == Uri.UriSchemeHttps) connection["Protocol"] = server.Scheme;
        if (login[0].Length > 0) connection["Username"] = Uri.UnescapeDataString(login[0]);
        return (connection.ConnectionString, login is [_, { Length: > 0 } password] ? Uri.UnescapeDataString(password) : null);
    }
}
