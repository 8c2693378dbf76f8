using System.Net.Http.Headers;
using System.Text;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// Queries ClickHouse over its HTTP interface, with values as parameters. Rows are tab-separated lines.
/// </summary>
internal static class ClickHouse
{
    private static readonly HttpClient Http = new();

    public static async Task<string> QueryAsync(LocalStack stack, string sql, params (string Name, string Value)[] parameters)
    {
        var values = string.Concat(parameters.Select(parameter => $"&param_{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        var server = stack.Url("clickhouse");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"?database=shop{values}")) { Content = new StringContent(sql) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(server.UserInfo)));
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
