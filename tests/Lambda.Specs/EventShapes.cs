using System.Text;

namespace ServerlessCqrs.Lambda.Specs;

public sealed class EventShapes
{
    [Fact]
    public void The_documented_events_are_told_apart()
    {
        Assert.Equal(EventKind.Kinesis, EventKinds.Of(Golden.Kinesis));
        Assert.Equal(EventKind.Sqs, EventKinds.Of(Golden.Sqs));
        Assert.Equal(EventKind.Scheduled, EventKinds.Of(Golden.Scheduled));
        Assert.Equal(EventKind.HttpApi, EventKinds.Of(Golden.HttpApi));
        Assert.Equal(EventKind.WebSocket, EventKinds.Of(WebSocketEvents.Connect));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""null""")]
    [InlineData("""[]""")]
    [InlineData(""" "aws:sqs" """)]
    [InlineData("""{"Records":[]}""")]
    [InlineData("""{"Records":{}}""")]
    [InlineData("""{"Records":null}""")]
    [InlineData("""{"Records":["aws:sqs"]}""")]
    [InlineData("""{"Records":[{"eventSource":"aws:dynamodb"}]}""")]
    [InlineData("""{"Records":[{"eventSource":7}]}""")]
    [InlineData("""{"Records":[{"EventSource":"aws:sns","Sns":{}}]}""")]
    [InlineData("""{"requestContext":{"elb":{}},"path":"/"}""")]
    [InlineData("""{"requestContext":{"connection":{"connectionId":"x"}}}""")]
    [InlineData("""{"source":"aws.ec2","detail":{}}""")]
    [InlineData("""{"source":null}""")]
    public void Anything_else_is_unknown(string payload) => Assert.Equal(EventKind.Unknown, EventKinds.Of(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void What_stands_before_the_telling_property_is_skipped() =>
        Assert.Equal(EventKind.Sqs, EventKinds.Of("""{"a":{"Records":[]},"b":[1,{"source":"aws.events"}],"Records":[{"body":"{}","attributes":{"eventSource":"x"},"eventSource":"aws:sqs"}]}"""u8));
}
