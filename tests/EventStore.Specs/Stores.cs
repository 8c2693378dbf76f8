using ServerlessCqrs.EventStore.Log;

[assembly: AssemblyFixture(typeof(ServerlessCqrs.EventStore.Specs.Stores))]

namespace ServerlessCqrs.EventStore.Specs;

/// <summary>The real stores, started once for all tests here.</summary>
public sealed class Stores : IAsyncLifetime
{
    public string ClickHouse { get; private set; } = "";

    public ClickHouseDatabase Database { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        ClickHouse = $"{Environment.GetEnvironmentVariable("STORE_CLICKHOUSE")};Database=specs_{Guid.NewGuid():N}";
        Database = new ClickHouseDatabase(new ClickHouseOptions(ClickHouse), TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Database.Dispose();
        return ValueTask.CompletedTask;
    }
}
