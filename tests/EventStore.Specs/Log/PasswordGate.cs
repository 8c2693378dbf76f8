using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.EventStore.Specs.Log;

/// <summary>A proxy of ClickHouse with its own password, which a spec can rotate while the server runs.</summary>
internal sealed class PasswordGate : IAsyncDisposable
{
    private readonly HttpClient _server;
    private readonly WebApplication _app;

    private PasswordGate(Uri server, WebApplication app)
    {
        (_server, _app) = (new HttpClient { BaseAddress = server }, app);
        _server.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(server.UserInfo)));
    }

    /// <summary>The currently accepted password.</summary>
    public volatile string Password = "";

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<PasswordGate> OpenAsync(Uri server, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var gate = new PasswordGate(server, builder.Build());
        gate._app.Run(gate.PassAsync);
        await gate._app.StartAsync(ct);
        return gate;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        var given = AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var basic) ? Encoding.UTF8.GetString(Convert.FromBase64String(basic.Parameter!)).Split(':')[1] : "";
        if (given != Password)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            http.Response.Headers["X-ClickHouse-Exception-Code"] = "516";
            await http.Response.WriteAsync("Code: 516. DB::Exception: shop: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)");
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        using var passed = new HttpRequestMessage(new HttpMethod(http.Request.Method), http.Request.GetEncodedPathAndQuery()) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var name in new[] { "Content-Type", "Content-Encoding" }) passed.Content.Headers.TryAddWithoutValidation(name, http.Request.Headers[name].ToArray());
        using var answer = await _server.SendAsync(passed);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Where(header => header.Key.StartsWith("X-ClickHouse", StringComparison.Ordinal))) http.Response.Headers[header.Key] = header.Value.ToArray();
        await answer.Content.CopyToAsync(http.Response.Body);
    }
}
