using System.Buffers.Binary;

namespace ServerlessCqrs.LocalRuntime.Sockets;

/// <summary>
/// Watches the frames that a client sends, which .NET's own WebSocket hides (RFC 6455, section 5.2): it knows when the last
/// byte came, and whether a frame was too large.
/// </summary>
internal sealed class FrameStream(Stream inner, TimeProvider clock) : Stream
{
    private const int LongestHead = 14;
    private readonly byte[] _head = new byte[LongestHead];
    private int _headBytes;
    private long _payloadLeft;
    private long _lastActive = clock.GetUtcNow().Ticks;
    private volatile bool _hasTooLarge;

    public bool HasTooLarge => _hasTooLarge;

    public DateTimeOffset LastActive => new(Interlocked.Read(ref _lastActive), TimeSpan.Zero);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Touch();
        Look(buffer.Span[..count]);
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Touch();
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Touch() => Interlocked.Exchange(ref _lastActive, clock.GetUtcNow().Ticks);

    private void Look(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payloadLeft > 0)
            {
                var skipped = (int)Math.Min(_payloadLeft, bytes.Length);
                _payloadLeft -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _head[_headBytes++] = bytes[0];
            bytes = bytes[1..];
            if (_headBytes < 2 || _headBytes < HeadLength()) continue;
            _payloadLeft = (_head[1] & 0x7F) switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
                127 => (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(_head.AsSpan(2)), long.MaxValue),
                var length => length,
            };
            _hasTooLarge |= _payloadLeft > SocketLimits.FrameBytes;
            _headBytes = 0;
        }
    }

    private int HeadLength() => 2 + ((_head[1] & 0x80) != 0 ? 4 : 0) + ((_head[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 });
}
