using ServerlessCqrs.QueryApi.Specs.Playground;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class UnsubscribeSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_link_in_a_mail_leads_to_a_page_whose_button_posts_to_the_same_path()
    {
        var answer = await _server.WithToken("none").SendAsync("GET /unsubscribe/cGVyc29u.c2VhbGVk");
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("""<form method="post" action="/unsubscribe/cGVyc29u.c2VhbGVk">""", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_made_up_token_cannot_put_markup_into_the_page()
    {
        var answer = await _server.WithToken("none").SendAsync("GET /unsubscribe/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script", await answer.TextAsync(), StringComparison.Ordinal);
    }
}
