using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Benchmarks;

/// <summary>Sends requests over connections of its own, with as little work of its own as can be: they are signed before the time runs.</summary>
internal sealed class LoadClient(Uri server, string clientToken, string accessToken, string secret)
{
    /// <summary>Requests a second, each connection sending the next one when the last is answered.</summary>
    /// <param name="connections">How many at a time.</param>
    /// <param name="each">Requests on each.</param>
    /// <param name="path">What is asked for.</param>
    public async Task<double> GetAsync(int connections, int each, string path)
    {
        var prepared = new byte[connections][][];
        Parallel.For(0, connections, c => prepared[c] = [.. Enumerable.Range(0, each).Select(_ => Request("GET", path, null))]);
        var sockets = new List<Connection>();
        for (var i = 0; i < connections; i++)
            sockets.Add(await Connection.OpenAsync(server));
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(sockets.Select((socket, c) => socket.SendAllAsync(prepared[c])));
        var took = Stopwatch.GetElapsedTime(began);
        sockets.ForEach(socket => socket.Dispose());
        return connections * each / took.TotalSeconds;
    }

    /// <summary>One request on its own connection; the answer's status and body.</summary>
    public async Task<(int Status, byte[] Body)> SendAsync(string method, string path, string? body = null)
    {
        using var connection = await Connection.OpenAsync(server);
        return await connection.SendAsync(Request(method, path, body));
    }

    private byte[] Request(string method, string path, string? body)
    {
        var timestamp = DateTime.UtcNow.ToString("yyyyMMdd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);
        var auth = $"EG1-HMAC-SHA256 client_token={clientToken};access_token={accessToken};timestamp={timestamp};nonce={Guid.NewGuid()};";
        var hash = body is null ? "" : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var key = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(timestamp)));
        var data = $"{method}\t{server.Scheme}\t{server.Authority}\t{path}\t\t{hash}\t{auth}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(data)));
        var content = body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        return Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: application/json\r\nAuthorization: {auth}signature={signature}\r\n{content}\r\n{body}"
        );
    }

    private sealed class Connection(Socket socket) : IDisposable
    {
        private byte[] _buffer = new byte[64 * 1024];

        public static async Task<Connection> OpenAsync(Uri server)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server.Host, server.Port);
            return new(socket);
        }

        public async Task SendAllAsync(byte[][] requests)
        {
            foreach (var request in requests)
            {
                await socket.SendAsync(request);
                var (status, _, _) = await ReceiveAsync();
                if (status != 200)
                    throw new InvalidOperationException($"Answered with {status}: {Encoding.UTF8.GetString(_buffer.AsSpan(0, 2000))}");
            }
        }

        public async Task<(int Status, byte[] Body)> SendAsync(byte[] request)
        {
            await socket.SendAsync(request);
            var (status, body, end) = await ReceiveAsync();
            return (status, _buffer[body..end]);
        }

        public void Dispose() => socket.Dispose();

        /// <summary>Reads one answer whole; the status, and where its body begins and ends.</summary>
        private async Task<(int Status, int Body, int End)> ReceiveAsync()
        {
            int length = 0,
                body = -1,
                end = -1;
            var chunked = false;
            while (true)
            {
                if (length == _buffer.Length)
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                var read = await socket.ReceiveAsync(_buffer.AsMemory(length));
                if (read == 0)
                    throw new InvalidOperationException("The server closed the connection.");
                length += read;
                if (body < 0 && _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is >= 0 and var head)
                {
                    body = head + 4;
                    chunked = _buffer.AsSpan(0, head).IndexOf("chunked"u8) >= 0;
                    end = chunked ? -1 : body + ContentLength(_buffer.AsSpan(0, head));
                }
                if (body >= 0 && (chunked ? _buffer.AsSpan(body, length - body).EndsWith("0\r\n\r\n"u8) : length >= end))
                    return (int.Parse(_buffer.AsSpan(9, 3), CultureInfo.InvariantCulture), body, length);
            }
        }

        private static int ContentLength(ReadOnlySpan<byte> head)
        {
            var at = head.IndexOf("Content-Length: "u8);
            if (at < 0)
                return 0;
            var value = head[(at + 16)..];
            var line = value.IndexOf((byte)'\r');
            return int.Parse(line < 0 ? value : value[..line], CultureInfo.InvariantCulture);
        }
    }
}
