using System.Data.Common;
using System.Runtime.CompilerServices;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.ADO.Readers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// A process's access to ClickHouse. It pools connections, creates the schema before the first use, and applies
/// timeouts. It retries transient errors briefly, and its exceptions name the operation that failed. Thread-safe.
/// </summary>
public sealed class ClickHouseDatabase(ClickHouseOptions options, Domain domain, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400)];

    private readonly SemaphoreSlim _gate = new(1);
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Shorter than the server's keep_alive_timeout (10 s). Otherwise a request could use a connection that the
        // server is closing.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(8),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private volatile IClickHouseClient? _client;

    public Domain Domain => domain;

    /// <summary>Creates or migrates the schema, once per process. Every other call does this first, too.</summary>
    public Task EnsureAsync(CancellationToken ct) => RunAsync("prepare the database", (_, _) => Task.FromResult(true), ct);

    /// <summary>Stores all rows in one insert, and returns after they are durable.</summary>
    internal Task InsertAsync(string what, string table, IReadOnlyDictionary<string, string> columns, IReadOnlyCollection<object?[]> rows, CancellationToken ct) => RunAsync(
        what,
        (client, token) => client.InsertBinaryAsync(
            table,
            columns.Keys,
            rows!,
            // The batch holds all rows, so that there is one insert. With column types the driver need not query them.
            new InsertOptions { BatchSize = Math.Max(1, rows.Count), MaxDegreeOfParallelism = 1, ColumnTypes = columns },
            token),
        ct);

    /// <summary>Returns all rows of a bounded query.</summary>
    public Task<List<T>> ReadAsync<T>(string what, string sql, Parameters parameters, Func<ClickHouseDataReader, T> row, CancellationToken ct) => RunAsync(
        what,
        async (client, token) =>
        {
            var result = new List<T>();
            using var reader = await client.ExecuteReaderAsync(sql, parameters.ToCollection(), Bounded(), token);
            while (reader.Read())
            {
                token.ThrowIfCancellationRequested();
                result.Add(row(reader));
            }

            return result;
        },
        ct);

    /// <summary>
    /// Streams the rows of a query of any length. A connection lost midway throws, and never ends the stream early.
    /// </summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(string what, string sql, Parameters parameters, Func<ClickHouseDataReader, T> row, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = await RunAsync(what, (client, _) => client.ExecuteReaderAsync(sql, parameters.ToCollection(), null, ct), ct);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            T item;
            try
            {
                if (!reader.Read()) yield break;
                item = row(reader);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw Failed(what, e);
            }

            yield return item;
        }
    }

    private QueryOptions Bounded() => GivingWay.MostQueries > 0
        ? new() { MaxExecutionTime = options.Timeout, CustomSettings = new Dictionary<string, object> { [GivingWay.Setting] = GivingWay.MostQueries } }
        : new() { MaxExecutionTime = options.Timeout };

    public void Dispose()
    {
        _client?.Dispose();
        _http.Dispose();
        _gate.Dispose();
    }

    private async Task<T> RunAsync<T>(string what, Func<IClickHouseClient, CancellationToken, Task<T>> call, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call(await ClientAsync(either.Token), either.Token);
            }
            catch (EventLogException)
            {
                throw;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                if (limit.IsCancellationRequested) throw new EventLogException($"ClickHouse did not {what} within {options.Timeout.TotalSeconds:0.#} s.", e);
                // The password may have been rotated, so the next attempt reads it again. There is only one such
                // attempt, because the password may simply be wrong.
                var refused = ClickHouseErrors.IsAuthentication(e);
                if (refused) _client = null;
                var isWorthAnother = refused ? attempt == 0 && options.Password is not null : attempt < Pauses.Length && ClickHouseErrors.MayPass(e);
                if (!isWorthAnother) throw Failed(what, e);
            }

            await Task.Delay(Pauses[attempt], clock, ct);
        }
    }

    private async ValueTask<IClickHouseClient> ClientAsync(CancellationToken ct)
    {
        if (_client is { } ready) return ready;
        await _gate.WaitAsync(ct);
        try
        {
            if (_client is { } made) return made;
            var settings = new ClickHouseClientSettings(options.ConnectionString)
            {
                HttpClient = _http,
                // Compressing 20,000 rows with gzip costs more time than it saves: 600 ms per insert with gzip, 360 ms
                // without. Within a region, bytes are cheaper than time.
                UseCompression = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString }.TryGetValue("Compression", out var compression) && compression is "true" or "True",
                // Lists of ids are too long for a URL.
                UseFormDataParameters = true,
            };
            if (options.Password is not null && await options.Password(ct) is { Length: > 0 } password) settings = new(settings) { Password = password };
            // The server acknowledges an insert after it is stored, not when it is queued. Servers default to 1.
            settings.CustomSettings["async_insert"] = 0;
            settings.CustomSettings["insert_deduplicate"] = 0;
            if (options.Replicated)
            {
                settings.CustomSettings["insert_quorum"] = "auto";
                settings.CustomSettings["insert_quorum_parallel"] = 0;
                settings.CustomSettings["select_sequential_consistency"] = 1;
            }

            var client = new ClickHouseClient(settings);
            await ClickHouseSchema.MigrateAsync(client, settings.Database, domain.IndexedFields, ct);
            return _client = client;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static EventLogException Failed(string what, Exception e) => new($"ClickHouse could not {what}: {e.Message}", e);
}
