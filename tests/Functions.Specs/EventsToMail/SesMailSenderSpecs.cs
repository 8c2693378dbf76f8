using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Sending;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>What SES's answers mean, over real connections: refused, or in doubt; and that every mail goes out in one attempt.</summary>
public sealed class SesMailSenderSpecs : IDisposable
{
    private static readonly Mail Mail = new("anna@example.com", "Lamp", "text", "<p>html</p>", new Uri("https://shop.example/unsubscribe/token"));

    private readonly HttpListener _ses = new();
    private readonly AmazonSimpleEmailServiceV2Client _client;
    private readonly SesMailSender _sender;
    private int _requests;

    public SesMailSenderSpecs()
    {
        var url = $"http://127.0.0.1:{FreePort()}/";
        _ses.Prefixes.Add(url);
        var config = SesMailSender.OneAttempt();
        config.ServiceURL = url;
        config.AuthenticationRegion = "eu-central-1";
        _client = new AmazonSimpleEmailServiceV2Client(new BasicAWSCredentials("key", "secret"), config);
        _sender = new SesMailSender(_client, "shop@example.com");
    }

    public void Dispose()
    {
        _client.Dispose();
        _ses.Close();
    }

    [Fact]
    public async Task A_mail_carries_the_headers_of_one_click_unsubscription()
    {
        JsonNode? request = null;
        Answer(context =>
        {
            request = JsonNode.Parse(context.Request.InputStream);
            Reply(context, 200, """{"MessageId":"message-1"}""");
        });

        Assert.Equal("message-1", await _sender.SendAsync(Mail));

        Assert.Equal(
            """[{"Name":"List-Unsubscribe","Value":"<https://shop.example/unsubscribe/token>"},{"Name":"List-Unsubscribe-Post","Value":"List-Unsubscribe=One-Click"}]""",
            request!["Content"]!["Simple"]!["Headers"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("anna@example.com", (string?)request["Destination"]!["ToAddresses"]!.AsArray().Single());
    }

    [Fact]
    public async Task A_mail_without_anything_to_end_offers_no_unsubscription()
    {
        JsonNode? request = null;
        Answer(context =>
        {
            request = JsonNode.Parse(context.Request.InputStream);
            Reply(context, 200, """{"MessageId":"message-1"}""");
        });

        await _sender.SendAsync(Mail with { Unsubscribe = null });

        Assert.Null(request!["Content"]!["Simple"]!["Headers"]);
    }

    [Theory]
    [InlineData(429, "TooManyRequestsException", true)]
    [InlineData(400, "MessageRejected", false)]
    [InlineData(400, "SendingPausedException", false)]
    [InlineData(403, "AccessDeniedException", false)]
    public async Task An_answer_4xx_refuses_the_mail_and_its_reason_names_no_address(int status, string code, bool throttled)
    {
        Answer(context =>
        {
            context.Response.Headers["x-amzn-ErrorType"] = code;
            Reply(context, status, """{"message":"Email address is not verified: anna@example.com"}""");
        });

        var refusal = await Assert.ThrowsAsync<MailRefusedException>(() => _sender.SendAsync(Mail));

        Assert.Equal((throttled, 1), (refusal.Throttled, _requests));
        Assert.Contains(code, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task After_an_answer_5xx_the_mail_is_in_doubt_and_is_not_sent_again(int status)
    {
        Answer(context => Reply(context, status, "{}"));

        Assert.IsNotType<MailRefusedException>(await Assert.ThrowsAnyAsync<Exception>(() => _sender.SendAsync(Mail)));

        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task After_a_connection_was_cut_the_mail_is_in_doubt_and_is_not_sent_again()
    {
        Answer(context =>
        {
            context.Request.InputStream.CopyTo(Stream.Null);
            context.Response.Abort();
        });

        Assert.IsNotType<MailRefusedException>(await Assert.ThrowsAnyAsync<Exception>(() => _sender.SendAsync(Mail)));

        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task A_connection_that_is_cut_on_a_later_mail_sends_that_mail_once_too()
    {
        Answer(context =>
        {
            context.Request.InputStream.CopyTo(Stream.Null);
            if (_requests == 1) Reply(context, 200, """{"MessageId":"message-1"}""");
            else context.Response.Abort();
        });
        await _sender.SendAsync(Mail);

        Assert.IsNotType<MailRefusedException>(await Assert.ThrowsAnyAsync<Exception>(() => _sender.SendAsync(Mail)));

        Assert.Equal(2, _requests);
    }

    [Fact]
    public async Task A_connection_that_was_never_made_refuses_the_mail()
    {
        Assert.False((await Assert.ThrowsAsync<MailRefusedException>(() => _sender.SendAsync(Mail))).Throttled);
    }

    private void Answer(Action<HttpListenerContext> answer)
    {
        _ses.Start();
        _ = AcceptAsync();

        async Task AcceptAsync()
        {
            while (_ses.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _ses.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                Interlocked.Increment(ref _requests);
                answer(context);
            }
        }
    }

    private static void Reply(HttpListenerContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
