using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>Events of API Gateway's HTTP API, payload format 2.0, where Kestrel has no equivalent.</summary>
public sealed class HttpApi
{
    [Fact]
    public async Task The_documented_event_is_read_in_full()
    {
        object? seen = null;
        var body = "";
        await using var app = await RunningApp.StartAsync(app => app.Run(async http =>
        {
            seen = (http.Request.Method, http.Request.Scheme, http.Request.Path.Value, http.Request.PathBase.Value, http.Request.ContentType, http.Request.ContentLength, http.Request.Headers["header2"].ToString());
            http.Response.ContentType = "text/plain";
            body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            await http.Response.WriteAsync(string.Join(';', http.Request.Query["parameter1"].ToArray()) + http.Request.Query["parameter2"]
                + $" {http.Request.Cookies["cookie1"]}{http.Request.Cookies["cookie2"]} {http.Request.Host} {http.Connection.RemoteIpAddress} {http.TraceIdentifier}"
                + $" {http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {http.User.Identity!.IsAuthenticated}");
        }));

        var answer = await app.Api.InvokeAsync(Golden.HttpApi);

        Assert.Equal("value1;value2value x ab id.execute-api.us-east-1.amazonaws.com 192.0.2.1 JKJaXmPLvHcESHA= /my/path?parameter1=value1&parameter1=value2&parameter2=value%20x False",
            JsonNode.Parse(answer.Body)!["body"]!.GetValue<string>());
        Assert.Equal(("POST", "https", "/my/path", "", "application/json", (long?)19, "value1,value2"), seen);
        Assert.Equal("""{"message":"hello"}""", body);
    }

    [Fact]
    public async Task An_answer_has_exactly_the_documented_shape()
    {
        await using var app = await RunningApp.StartAsync(app => app.Run(http =>
        {
            http.Response.StatusCode = 201;
            http.Response.Headers.Location = "/x";
            http.Response.Cookies.Append("a", "1");
            return http.Response.WriteAsync("é\"\n", Encoding.UTF8);
        }));
        var answer = await app.Api.InvokeAsync(Golden.HttpApi);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"statusCode":201,"headers":{"Location":"/x"},"cookies":["a=1; path=/"],"body":"w6kiCg==","isBase64Encoded":true}"""),
            JsonNode.Parse(answer.Body)), answer.Text);
    }

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("application/json; charset=utf-8", false)]
    [InlineData("text/html", false)]
    [InlineData("image/svg+xml", false)]
    [InlineData("text/plain; charset=iso-8859-1", true)]
    [InlineData("image/png", true)]
    [InlineData("application/octet-stream", true)]
    public async Task Text_goes_out_as_text_and_all_else_as_base64(string contentType, bool isBase64)
    {
        await using var app = await RunningApp.StartAsync(app => app.Run(http =>
        {
            http.Response.ContentType = contentType;
            return http.Response.WriteAsync("x");
        }));
        var json = JsonNode.Parse((await app.Api.InvokeAsync(Golden.HttpApi)).Body)!;
        Assert.Equal((isBase64, isBase64 ? "eA==" : "x"), (json["isBase64Encoded"]!.GetValue<bool>(), json["body"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("/prod/products", "prod", "/prod", "/products")]
    [InlineData("/prod/", "prod", "/prod", "/")]
    [InlineData("/prod", "prod", "/prod", "")]
    [InlineData("/products", "prod", "", "/products")]
    [InlineData("/prod/products", "$default", "", "/prod/products")]
    [InlineData("/a b/é?#", "$default", "", "/a b/é?#")]
    [InlineData("/100%", "$default", "", "/100%")]
    [InlineData("/a%2Fb%20c", "$default", "", "/a%2Fb c")]
    [InlineData("/a/../../b/./c/..", "$default", "", "/b/")]
    [InlineData("", "$default", "", "/")]
    public void The_path_is_decoded_once_and_parted_from_the_stage(string rawPath, string stage, string pathBase, string path)
    {
        var read = RequestPath.Of(rawPath, stage);
        Assert.Equal((pathBase, path), (read.Base, read.Path));
        Assert.All(read.Encoded, c => Assert.InRange(c, '!', '~'));
    }

    [Fact]
    public async Task Kestrels_limit_of_the_body_holds_here_too()
    {
        await using var app = await RunningApp.StartAsync(
            app => app.MapPost("/", async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync()),
            builder => builder.Services.Configure<KestrelServerOptions>(o => o.Limits.MaxRequestBodySize = 10));
        Assert.Equal(200, await PostAsync(app, 10));
        Assert.Equal(413, await PostAsync(app, 11));
    }

    [Fact]
    public async Task A_routes_own_limit_of_the_body_holds_too()
    {
        await using var app = await RunningApp.StartAsync(app => app.MapPost("/", async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync())
            .WithMetadata(new Limit(10)));
        Assert.Equal(200, await PostAsync(app, 10));
        Assert.Equal(413, await PostAsync(app, 11));
    }

    [Fact]
    public async Task Answer_over_6_MB_is_a_problem_document_and_the_next_one_is_taken()
    {
        var length = 6 * 1024 * 1024 + 100;
        await using var app = await RunningApp.StartAsync(app => app.Run(http =>
        {
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync(new string('x', length));
        }));

        var answer = await app.Api.InvokeAsync(Golden.HttpApi);
        length = 6 * 1024 * 1024 - 1000;

        Assert.False(answer.IsError);
        var response = Gateway.Response(answer.Body);
        Assert.Equal((500, "application/problem+json", "no-store"), (response.Status, response.Headers["content-type"], response.Headers["cache-control"]));
        Assert.Equal("answer_too_large", (string?)JsonNode.Parse(response.Body)!["code"]);
        Assert.Equal(length, Gateway.Response((await app.Api.InvokeAsync(Golden.HttpApi)).Body).Body.Length);
    }

    [Fact]
    public async Task Answer_counts_as_the_JSON_that_lambda_gets()
    {
        await using var app = await RunningApp.StartAsync(app => app.Run(http =>
        {
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync(new string('"', 4 * 1024 * 1024));
        }));

        Assert.Equal(500, Gateway.Response((await app.Api.InvokeAsync(Golden.HttpApi)).Body).Status);
    }

    [Fact]
    public async Task Characters_of_every_script_take_their_own_bytes_in_the_answer()
    {
        var body = string.Concat(Enumerable.Repeat("\U0001F36E\U0001E922ä<日", 250_000));
        await using var app = await RunningApp.StartAsync(app => app.Run(http =>
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            return http.Response.WriteAsync(body);
        }));

        var answer = await app.Api.InvokeAsync(Golden.HttpApi);

        Assert.Equal(body, Encoding.UTF8.GetString(Gateway.Response(answer.Body).Body));
        Assert.InRange(answer.Body.Length, Encoding.UTF8.GetByteCount(body), Encoding.UTF8.GetByteCount(body) + 1_000);
    }

    [Fact]
    public async Task An_answer_that_lambda_refuses_as_too_large_fails_the_invocation()
    {
        await using var app = await RunningApp.StartAsync(app => app.Run(http => http.Response.WriteAsync(new string('x', 10_000))));
        app.Api.MaxAnswerBytes = 10_000;
        var answer = await app.Api.InvokeAsync(Golden.HttpApi);
        Assert.Equal((true, "ResponseTooLarge"), (answer.IsError, answer.ErrorType));
    }

    [Fact]
    public async Task Any_other_event_fails_the_invocation()
    {
        await using var app = await RunningApp.StartAsync(app => app.Run(http => http.Response.WriteAsync("hello")));
        foreach (var payload in new[] { Golden.Kinesis, Golden.Sqs, Golden.Scheduled, "{}"u8.ToArray() })
        {
            var answer = await app.Api.InvokeAsync(payload);
            Assert.Equal((true, nameof(UnknownEventException)), (answer.IsError, answer.ErrorType));
        }
    }

    [Theory]
    [InlineData("/my/path", "/a%00b")]
    [InlineData("/my/path", @"/a\u0000b")]
    [InlineData("/my/path", @"/\ud800")]
    [InlineData("parameter1=value1&", @"a=\udc00&")]
    [InlineData("parameter1=value1&", "a=é&")]
    [InlineData("parameter1=value1&", "a= b&")]
    [InlineData("\"value1\"", @"""a\u0000b""")]
    [InlineData("\"value1\"", @"""a\r\nb: c""")]
    [InlineData("\"value1\"", @"""\ud800""")]
    [InlineData("\"value1\"", "7")]
    [InlineData("\"header1\"", "\"head er\"")]
    [InlineData("\"header1\"", "\"\"")]
    [InlineData("\"cookie1=a\"", @"""a=\ud800""")]
    [InlineData("\"cookie1=a\"", @"""a=\u0000""")]
    [InlineData("\"POST\"", "\"\"")]
    [InlineData("\"POST\"", "\"PO ST\"")]
    [InlineData("\"method\"", "\"another\"")]
    [InlineData("\"isBase64Encoded\": false", "\"isBase64Encoded\": true")]
    [InlineData("{\\\"message\\\":\\\"hello\\\"}", @"\ud800")]
    public async Task A_malformed_request_is_400_and_never_fails_the_invocation(string part, string malformed)
    {
        await using var app = await RunningApp.StartAsync(app => app.Run(http => http.Response.WriteAsync("hello")));
        var good = Encoding.UTF8.GetString(Golden.HttpApi);
        Assert.Contains(part, good, StringComparison.Ordinal);

        var answer = await app.Api.InvokeAsync(good.Replace(part, malformed, StringComparison.Ordinal));

        Assert.False(answer.IsError, answer.Text);
        Assert.Equal(400, Gateway.Response(answer.Body).Status);
        Assert.Equal(200, Gateway.Response((await app.Api.InvokeAsync(good)).Body).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_runs_out_of_time_is_aborted_and_fails(bool handlesExceptions)
    {
        await using var app = await RunningApp.StartAsync(app =>
        {
            if (handlesExceptions) app.UseExceptionHandler("/error");
            app.Run(http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted));
        });
        var answer = await app.Api.InvokeAsync(Golden.HttpApi, deadline: DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal((true, "DeadlineExceeded"), (answer.IsError, answer.ErrorType));
    }

    [Fact]
    public async Task What_a_request_holds_is_disposed_of_before_the_answer_goes_out()
    {
        var disposed = 0;
        await using var app = await RunningApp.StartAsync(
            app => app.MapPost("/my/path", (HttpContext http, Resource _) => http.Response.OnCompleted(() => throw new InvalidOperationException("too late to matter"))),
            builder => builder.Services.AddScoped(_ => new Resource(() => disposed++)));
        Assert.Equal(200, Gateway.Response((await app.Api.InvokeAsync(Golden.HttpApi)).Body).Status);
        Assert.Equal(1, disposed);
    }

    private static async Task<int> PostAsync(RunningApp app, int bytes) =>
        Gateway.Response((await app.Api.InvokeAsync(Gateway.Event(new("POST", "/", Body: new byte[bytes]), asBase64: true))).Body).Status;

    private sealed class Limit(long bytes) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => bytes;
    }

    private sealed class Resource(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
