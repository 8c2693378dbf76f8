using System.Text;
using System.Text.Json;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>The events of a WebSocket API, in the form that API Gateway sends to a Lambda proxy integration.</summary>
public sealed class WebSocketEvents
{
    internal static readonly byte[] Connect =
        """
        {"headers":{"Host":"abc123.execute-api.eu-central-1.amazonaws.com","Origin":"https://example.com","Sec-WebSocket-Version":"13"},
         "multiValueHeaders":{"Host":["abc123.execute-api.eu-central-1.amazonaws.com"]},
         "requestContext":{"routeKey":"$connect","disconnectStatusCode":null,"messageId":null,"eventType":"CONNECT","extendedRequestId":"XfGLwFTktjMFsLg=",
          "requestTime":"13/Dec/2020:10:17:47 +0000","messageDirection":"IN","disconnectReason":null,"stage":"live","connectedAt":1607854667185,
          "requestTimeEpoch":1607854667186,"identity":{"userAgent":null,"sourceIp":"203.0.113.0"},"requestId":"XfGLwFTktjMFsLg=",
          "domainName":"abc123.execute-api.eu-central-1.amazonaws.com","connectionId":"XfGLwfymhcwCENw=","apiId":"abc123"},
         "isBase64Encoded":false}
        """u8.ToArray();

    [Fact]
    public void Connect_is_read_with_its_headers()
    {
        var e = WebSocketEventJson.Read(Connect);

        Assert.Equal((WebSocketEventKind.Connect, "XfGLwfymhcwCENw=", "203.0.113.0", null), (e.Kind, e.ConnectionId, e.SourceIp, e.Body));
        Assert.Equal("https://example.com", e.Headers["origin"]);
    }

    [Theory]
    [InlineData("MESSAGE", ""","body":"{\"watch\":[]}","isBase64Encoded":false""", WebSocketEventKind.Message, """{"watch":[]}""")]
    [InlineData("MESSAGE", ""","body":"AAA=","isBase64Encoded":true""", WebSocketEventKind.Message, null)]
    [InlineData("DISCONNECT", "", WebSocketEventKind.Disconnect, null)]
    public void Message_and_disconnect_are_read(string type, string rest, WebSocketEventKind kind, string? body)
    {
        var e = WebSocketEventJson.Read(Encoding.UTF8.GetBytes($$"""{"requestContext":{"eventType":"{{type}}","connectionId":"c="}{{rest}}}"""));

        Assert.Equal((kind, "c=", body), (e.Kind, e.ConnectionId, e.Body));
        Assert.Empty(e.Headers);
    }

    [Theory]
    [InlineData("""{"requestContext":{"eventType":"OTHER","connectionId":"c"}}""")]
    [InlineData("""{"requestContext":{"connectionId":"c"}}""")]
    [InlineData("""{"requestContext":{"eventType":"CONNECT","connectionId":null}}""")]
    public void Event_without_its_type_or_connection_fails_loudly(string payload) =>
        Assert.Throws<UnknownEventException>(() => WebSocketEventJson.Read(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public async Task Function_answers_with_a_status_and_a_body()
    {
        var function = new EventDispatcher(sockets: new Echo());
        var context = new InvocationContext("1", "arn", null, DateTimeOffset.MaxValue);

        var answer = await function.HandleAsync(Connect, context, TestContext.Current.CancellationToken);

        using var json = JsonDocument.Parse(answer);
        Assert.Equal("""{"statusCode":200,"body":"Connect of XfGLwfymhcwCENw="}""", json.RootElement.GetRawText().Replace("\\u003D", "=", StringComparison.Ordinal));
        await Assert.ThrowsAsync<UnknownEventException>(() => function.HandleAsync(Golden.Sqs, context, TestContext.Current.CancellationToken));
    }

    private sealed class Echo : IWebSocketHandler
    {
        public Task<WebSocketAnswer> HandleAsync(WebSocketEvent e, InvocationContext context, CancellationToken ct) =>
            Task.FromResult(new WebSocketAnswer(200, $"{e.Kind} of {e.ConnectionId}"));
    }
}
