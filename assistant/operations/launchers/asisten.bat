@echo off
rem Perintah Asisten UEP, misalnya asisten.bat health atau asisten.bat update E:\pembaruan.zip
setlocal
cd /d "%~dp0"
set "V="
set "L="
if exist KINI for /f %%I in (KINI) do set "V=%%I"
if exist "versi\%V%\LINGKUNGAN" for /f %%I in (versi\%V%\LINGKUNGAN) do set "L=%%I"
if not defined L goto belum
if exist "lingkungan\%L%\SELESAI" goto jalan
:belum
echo Asisten UEP belum terpasang lengkap di folder ini. Data Anda tidak diubah. Jalankan pasang.bat dahulu.>&2
exit /b 1
:jalan
set HF_HUB_OFFLINE=1
set GRADIO_ANALYTICS_ENABLED=False
set PYTHONUTF8=1
set "PYTHONPATH=%~dp0versi\%V%"
"lingkungan\%L%\Scripts\python.exe" -m assistant %*
