using System.Net;
using System.Text.Json.Nodes;
using Amazon.SimpleEmailV2;
using ServerlessCqrs.Aws.Specs.Wire;

namespace ServerlessCqrs.Aws.Specs.Emulators;

public sealed class SesSpecs(SharedSes emulator) : IClassFixture<SharedSes>, IDisposable
{
    private readonly AmazonSimpleEmailServiceV2Client _ses = new(
        FakeService.Credentials,
        new AmazonSimpleEmailServiceV2Config { ServiceURL = emulator.Url.ToString(), AuthenticationRegion = "eu-central-1" });

    public void Dispose() => _ses.Dispose();

    [Fact]
    public async Task A_mail_arrives_with_its_text_its_HTML_and_its_headers()
    {
        var sent = await _ses.SendEmailAsync(new()
        {
            FromEmailAddress = "shop@example.com",
            Destination = new() { ToAddresses = ["anna@example.com"] },
            Content = new()
            {
                Simple = new()
                {
                    Subject = new() { Data = "Der Preis fällt", Charset = "UTF-8" },
                    Body = new() { Text = new() { Data = "80 €", Charset = "UTF-8" }, Html = new() { Data = "<p>80 €</p>", Charset = "UTF-8" } },
                    Headers = [new() { Name = "List-Unsubscribe-Post", Value = "List-Unsubscribe=One-Click" }],
                },
            },
        });

        using var http = new HttpClient();
        var store = JsonNode.Parse(await http.GetStringAsync(new Uri(emulator.Url, "/store")))!;
        var mail = Assert.Single(store["emails"]!.AsArray())!;
        Assert.Equal(sent.MessageId, (string?)mail["messageId"]);
        Assert.Equal("anna@example.com", (string?)mail["destination"]!["to"]![0]);
        Assert.Equal(("Der Preis fällt", "80 €", "<p>80 €</p>"), ((string?)mail["subject"], (string?)mail["body"]!["text"], (string?)mail["body"]!["html"]));
        Assert.Equal("List-Unsubscribe=One-Click", (string?)mail["headers"]![0]!["value"]);
    }

    [Fact]
    public async Task A_mail_without_content_is_refused()
    {
        var refusal = await Assert.ThrowsAnyAsync<AmazonSimpleEmailServiceV2Exception>(() => _ses.SendEmailAsync(new() { FromEmailAddress = "shop@example.com", Content = new() }));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
    }
}
