namespace ServerlessCqrs.Journeys;

/// <summary>ClickHouse over its own HTTP interface, with values as parameters; rows come as tab-separated lines.</summary>
internal static class ClickHouse
{
    private static readonly HttpClient Http = new();

    public static async Task<string> QueryAsync(LocalStack stack, string sql, params (string Name, string Value)[] parameters)
    {
        var values = string.Concat(parameters.Select(parameter => $"&param_{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        using var answer = await Http.PostAsync(new Uri(stack.Url("clickhouse"), $"?database=shop{values}"), new StringContent(sql));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
