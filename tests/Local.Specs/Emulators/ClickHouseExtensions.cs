using ClickHouse.Driver.ADO;
using ClickHouse.Driver.ADO.Parameters;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

internal static class ClickHouseExtensions
{
    public static async Task ExecuteAsync(this ClickHouseConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<string?> ScalarAsync(this ClickHouseConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString();
    }

    private static ClickHouseCommand Command(this ClickHouseConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new ClickHouseDbParameter { ParameterName = name, Value = value });
        return command;
    }
}
